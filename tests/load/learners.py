"""Simulated learners: most of them watch a model train, the others use the other pages. Each has its own seed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any

from streamlit.proto.Button_pb2 import Button
from streamlit.proto.Slider_pb2 import Slider

from core.datasets import FIXED, REAL, SYNTHETIC
from tests.load.record import Record
from tests.load.stage import Stage
from tests.load.tab import Tab

LANGUAGE = "en"
DATA_SETS = (*REAL, *SYNTHETIC, *FIXED)
SPEEDS = (1, 1, 1, 1, 5, 5, 20)


class TimeOverError(Exception):
    """The learner's time is over."""


class Learner:
    """A person who uses one tab until `end_time` of the event loop's clock; pauses are multiplied by `pace`."""

    def __init__(self, tab: Tab, rng: Random, end_time: float, pace: float) -> None:
        self.tab = tab
        self.rng = rng
        self.end_time = end_time
        self.pace = pace

    @property
    def seconds_left(self) -> float:
        """Seconds until `end_time`; negative after it."""
        return self.end_time - asyncio.get_running_loop().time()

    async def think(self, shortest: float = 1.0, longest: float = 4.0) -> None:
        """Wait for a random time. Raises TimeOverError at `end_time`, so that not all learners act at that moment."""
        await asyncio.sleep(max(0.0, min(self.pace * self.rng.uniform(shortest, longest), self.seconds_left)))
        if self.seconds_left <= 0:
            raise TimeOverError

    def component_data(self, key: str) -> dict[str, Any]:
        """Return the JSON data that a component was sent."""
        data: dict[str, Any] = json.loads(self.tab.widgets[key].proto.json)
        return data

    async def change_control(self, name: str) -> None:
        """Set a control to a random value, if it is on the page."""
        key = f"{name}:{LANGUAGE}"
        widget = self.tab.widget(key)
        if widget is None:
            return
        proto = widget.proto
        if isinstance(proto, Slider) and proto.type == Slider.SLIDER:
            steps = round((proto.max - proto.min) / proto.step)
            await self.tab.set_value(key, proto.min + self.rng.randint(0, steps) * proto.step)
        elif hasattr(proto, "options"):
            options = [getattr(option, "content", option) for option in proto.options]
            await self.tab.set_value(key, self.rng.choice(options))
        else:
            await self.tab.set_value(key, self.rng.randint(0, 99))

    async def press_button(self, prefix: str) -> None:
        """Press a random enabled button whose key starts with `prefix`, if there is one."""
        keys = [
            key
            for key, widget in self.tab.widgets.items()
            if key.startswith(prefix) and isinstance(widget.proto, Button) and not widget.proto.disabled
        ]
        if keys:
            await self.tab.press(self.rng.choice(sorted(keys)))

    async def drag_bar(self, key: str) -> None:
        """Drag a random logit bar and release it."""
        data = self.component_data(key)
        logits: list[float] = data["logits"]
        logits[self.rng.randrange(len(logits))] = round(self.rng.uniform(-6, 6), 1)
        temperature = data["temperature"]
        if temperature is not None and self.rng.random() < 0.3:
            temperature = round(self.rng.uniform(0.3, 4), 2)
        changed = {"logits": logits, "temperature": temperature or 1, "shift": data["shift"] or 0}
        await self.tab.set_value(key, {"changed": {**changed, "version": data["version"] + 1}})

    async def watch_training(self, stage: Stage, max_moves: dict[str, int]) -> None:
        """Play a run, with changes of settings in between: `max_moves` has by how many options at most, per setting."""
        if (speed := self.rng.choice(SPEEDS)) != stage.speed:
            await stage.change_view(speed=speed)
        if stage.has_ended or self.rng.random() < 0.2:
            await stage.reset()
            await self.think(0.5, 1)
        for _ in range(self.rng.randint(1, 3)):
            await stage.play(min(self.rng.uniform(5, 15), self.seconds_left))
            if self.seconds_left <= 0 or not stage.playing:
                break
            if max_moves:
                setting, most = self.rng.choice(list(max_moves.items()))
                await stage.change_setting(setting, self.rng.choice([by for by in range(-most, most + 1) if by]))
        await stage.play(min(self.rng.uniform(3, 8), max(self.seconds_left, 0)))
        await stage.pause()


async def train_models(learner: Learner) -> None:
    """Live training: play, change settings during the run, open the panels below, change the data, and play again."""
    stage = Stage(learner.tab, "stage")
    while learner.seconds_left > 0:
        await learner.think()
        await learner.watch_training(stage, {"rate": 2, "batch": 1, "l2": 1})
        for _ in range(learner.rng.randint(0, 2)):
            await learner.think()
            await learner.change_control("panel")
        await learner.think()
        await learner.change_control(
            learner.rng.choice(["train_data", "train_data", "expansion", "train_n", "held_out", "compare"])
        )


async def use_playground(learner: Learner) -> None:
    """Softmax playground: bars, views, scenarios and questions."""
    while learner.seconds_left > 0:
        for _ in range(learner.rng.randint(2, 6)):
            await learner.think(0.7, 3)
            if learner.tab.widget("bars"):
                await learner.drag_bar("bars")
        await learner.think()
        await learner.rng.choice(
            [
                lambda: learner.change_control("softmax_view"),
                lambda: learner.change_control("scenario"),
                lambda: learner.press_button("softmax_"),
            ]
        )()


async def use_loss_page(learner: Learner) -> None:
    """Loss page: all views; drag a bar, or the point on the curve or surface."""
    messages = 0
    while learner.seconds_left > 0:
        for _ in range(learner.rng.randint(1, 4)):
            await learner.think(0.7, 3)
            if learner.tab.widget("loss_bars"):
                await learner.drag_bar("loss_bars")
            elif learner.tab.widget("surface"):
                data = learner.component_data("surface")
                start = [round(learner.rng.uniform(-6, 6), 4) for _ in range(2)]
                moved = {
                    "start": start,
                    "steps": learner.rng.randint(0, 40),
                    "solid": False,
                    "camera": data["camera"],
                    "version": data["version"] + 1,
                }
                await learner.tab.set_value("surface", {"changed": moved})
            elif learner.tab.widget("guess_curves"):
                messages += 1
                x = round(learner.rng.uniform(0.01, 0.99), 2)
                await learner.tab.set_value("guess_curves", {"changed": {"x": x, "version": messages}})
        await learner.think()
        await learner.change_control(
            learner.rng.choice(["loss_view", "loss_view", "target", "surface_target", "hits", "epsilon"])
        )


async def use_comparison(learner: Learner) -> None:
    """Comparison page: all parts, with their stages and the reliability diagram."""
    messages = 0
    while learner.seconds_left > 0:
        await learner.think()
        if learner.tab.widget("versus"):
            await learner.watch_training(Stage(learner.tab, "versus"), {})
            await learner.think()
            await learner.press_button("jump_")
        elif learner.tab.widget("labels"):
            await learner.watch_training(Stage(learner.tab, "labels"), {})
            await learner.think()
            await learner.change_control("overlap")
        elif learner.tab.widget("calibration"):
            messages += 1
            T = round(learner.rng.uniform(0.3, 5), 3)
            await learner.tab.set_value("calibration", {"changed": {"temperature": T, "version": messages}})
            await learner.think()
            await learner.change_control("believers")
        else:
            await learner.change_control("guide_several")
            await learner.think()
            await learner.change_control("guide_more")
        await learner.think()
        await learner.change_control("part")


async def follow_lecture(learner: Learner) -> None:
    """Guided lecture: read, answer, look at the answer, go to the next step or section."""
    while learner.seconds_left > 0:
        await learner.think(3, 8)
        step = dict(pair.split("=", 1) for pair in learner.tab.query.split("&") if "=" in pair)["lecture"]
        await learner.press_button(f"lecture_{step}_")
        await learner.think(2, 5)
        await learner.press_button("lecture_next" if learner.rng.random() < 0.9 else "lecture_section_")


async def switch_pages(learner: Learner) -> None:
    """All pages: do one thing on a page, then open another one, also while a run plays."""

    async def start_playing() -> None:
        stage = Stage(learner.tab, "stage")
        playing.append(asyncio.create_task(stage.play(60)))
        await stage.change_view(speed=20)

    playing: list[asyncio.Task[None]] = []
    actions = {
        "softmax_playground": lambda: learner.drag_bar("bars"),
        "loss_explorer": lambda: learner.change_control("loss_view"),
        "live_training": start_playing,
        "softmax_vs_sigmoid": lambda: learner.change_control("part"),
        "home": lambda: learner.drag_bar("hero_bars"),
    }
    while learner.seconds_left > 0:
        page = learner.rng.choice(list(actions))
        await learner.tab.open_page(page)
        await learner.think()
        await actions[page]()
        await learner.think()
    for task in playing:
        task.cancel()


Activity = Callable[[Learner], Awaitable[None]]
ACTIVITIES: tuple[tuple[str, str, Activity], ...] = (
    *((page, "train_data={data}", train_models) for page in ["live_training"] * 12),
    *(("softmax_playground", "scenario=image", use_playground),) * 3,
    *(("loss_explorer", "", use_loss_page),) * 2,
    ("softmax_vs_sigmoid", "", use_comparison),
    ("softmax_playground", "lecture=which_one", follow_lecture),
    ("home", "", switch_pages),
)
"""For each of twenty learners: the page and the query of the link that they open, and what they do."""


async def simulate_learner(
    address: str,
    number: int,
    seed: int,
    end_time: float,
    pace: float,
    record: Record,
    activities: Sequence[tuple[str, str, Activity]] = ACTIVITIES,
) -> None:
    """Open a link and use the app until `end_time` of the event loop's clock. Errors are recorded, not raised."""
    rng = Random(seed * 100_000 + number)
    page, query, activity = activities[number * 7 % len(activities)]
    link = f"{query.format(data=rng.choice(DATA_SETS))}&lang={LANGUAGE}".strip("&")
    try:
        async with Tab.open(address, page, link, record) as tab:
            await activity(Learner(tab, rng, end_time, pace))
    except TimeOverError:
        pass
    except Exception as error:
        record.errors.append(f"{activity.__name__}: {type(error).__name__} {error}")
