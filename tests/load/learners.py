"""What learners do: most watch a run train, the others use the other pages. Each is seeded, and waits like a person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from streamlit.proto.Button_pb2 import Button
from streamlit.proto.Slider_pb2 import Slider

from tests.load.record import Record
from tests.load.stage import Stage
from tests.load.tab import Tab

LANGUAGE = "en"
SETS = ("penguins", "separable", "overlapping", "rings", "spirals", "corners", "sheared", "scikit", "iris")
SPEEDS = (1, 1, 1, 1, 5, 5, 20)


class LeftError(Exception):
    """The learner's time is over."""


class Learner:
    """One person at one tab, until a moment of the event loop's clock; of pace 3, thinks three times as long."""

    def __init__(self, tab: Tab, choose: Random, until: float, pace: float) -> None:
        self.tab = tab
        self.choose = choose
        self.until = until
        self.pace = pace

    @property
    def stays(self) -> bool:
        return asyncio.get_running_loop().time() < self.until

    async def think(self, least: float = 1.0, most: float = 4.0) -> None:
        """Wait as a person does; raises LeftError once the time is over: not all do a last thing at that moment."""
        left = self.until - asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, min(self.pace * self.choose.uniform(least, most), left)))
        if not self.stays:
            raise LeftError

    def reads(self, key: str) -> dict[str, Any]:
        """What a component was given as JSON."""
        data: dict[str, Any] = json.loads(self.tab.widgets[key].proto.json)
        return data

    async def pick(self, name: str) -> None:
        """Set a control to something else it offers, if it is on the page."""
        key = f"{name}:{LANGUAGE}"
        widget = self.tab.widget(key)
        if widget is None:
            return
        proto = widget.proto
        if isinstance(proto, Slider) and proto.type == Slider.SLIDER:
            stops = round((proto.max - proto.min) / proto.step)
            await self.tab.set(key, proto.min + self.choose.randint(0, stops) * proto.step)
        elif hasattr(proto, "options"):
            options = [getattr(option, "content", option) for option in proto.options]
            await self.tab.set(key, self.choose.choice(options))
        else:
            await self.tab.set(key, self.choose.randint(0, 99))

    async def press_one(self, *beginnings: str) -> None:
        """Press a button whose key begins like this, if there is one that can be pressed."""
        keys = [
            key
            for key, widget in self.tab.widgets.items()
            if key.startswith(beginnings) and isinstance(widget.proto, Button) and not widget.proto.disabled
        ]
        if keys:
            await self.tab.press(self.choose.choice(sorted(keys)))

    async def drag_bar(self, key: str) -> None:
        """Drag one of some logit bars and let it go."""
        data = self.reads(key)
        logits: list[float] = data["logits"]
        logits[self.choose.randrange(len(logits))] = round(self.choose.uniform(-6, 6), 1)
        temperature = data["temperature"]
        if temperature is not None and self.choose.random() < 0.3:
            temperature = round(self.choose.uniform(0.3, 4), 2)
        set_to = {"logits": logits, "temperature": temperature or 1, "shift": data["shift"] or 0}
        await self.tab.set(key, {"set": set_to})

    async def watch(self, stage: Stage, dials: dict[str, int]) -> None:
        """Play what is on a stage a few times, turning one of these dials in mid-run by up to so many stops."""
        if (speed := self.choose.choice(SPEEDS)) != stage.speed:
            await stage.look(speed=speed)
        if stage.over or self.choose.random() < 0.2:
            await stage.reset()
            await self.think(0.5, 1)
        for _ in range(self.choose.randint(1, 3)):
            await stage.play(min(self.choose.uniform(5, 15), self.until - asyncio.get_running_loop().time()))
            if not self.stays or not stage.playing:
                break
            if dials:
                dial, most = self.choose.choice(list(dials.items()))
                await stage.turn(dial, self.choose.choice([by for by in range(-most, most + 1) if by]))
        await stage.play(min(self.choose.uniform(3, 8), max(self.until - asyncio.get_running_loop().time(), 0)))
        await stage.pause()


async def trains(learner: Learner) -> None:
    """Live training: play, change α while it runs, look at the numbers below, change the data, and play again."""
    stage = Stage(learner.tab, "stage")
    while learner.stays:
        await learner.think()
        await learner.watch(stage, {"rate": 2, "batch": 1, "l2": 1})
        for _ in range(learner.choose.randint(0, 2)):
            await learner.think()
            await learner.pick("panel")
        await learner.think()
        await learner.pick(
            learner.choose.choice(["train_data", "train_data", "expansion", "train_n", "held_out", "compare"])
        )


async def plays_with_logits(learner: Learner) -> None:
    """The playground: bars, views, scenarios and questions."""
    while learner.stays:
        for _ in range(learner.choose.randint(2, 6)):
            await learner.think(0.7, 3)
            await learner.drag_bar("bars")
        await learner.think()
        await learner.choose.choice(
            [
                lambda: learner.pick("softmax_view"),
                lambda: learner.pick("scenario"),
                lambda: learner.press_one("softmax_"),
            ]
        )()


async def explores_losses(learner: Learner) -> None:
    """The loss page: bars where there are some, the point on a curve where not, and all its views."""
    while learner.stays:
        for _ in range(learner.choose.randint(1, 4)):
            await learner.think(0.7, 3)
            if learner.tab.widget("loss_bars"):
                await learner.drag_bar("loss_bars")
            elif learner.tab.widget("surface"):
                data = learner.reads("surface")
                start = [round(learner.choose.uniform(-6, 6), 4) for _ in range(2)]
                went = {
                    "start": start,
                    "steps": learner.choose.randint(0, 40),
                    "solid": False,
                    "camera": data["camera"],
                }
                await learner.tab.set("surface", {"moved": {**went, "said": data["said"] + 1}})
            elif learner.tab.widget("guess_curves"):
                at = learner.choose.randrange(90)
                await learner.tab.set("guess_curves", {"moved": {"at": at, "said": at}})
        await learner.think()
        await learner.pick(
            learner.choose.choice(["loss_view", "loss_view", "target", "surface_target", "hits", "epsilon"])
        )


async def compares(learner: Learner) -> None:
    """The comparison page: each of its parts, with the stages and the reliability diagram that some have."""
    told = 0
    while learner.stays:
        await learner.think()
        if learner.tab.widget("versus"):
            await learner.watch(Stage(learner.tab, "versus"), {})
            await learner.think()
            await learner.press_one("jump_")
        elif learner.tab.widget("labels"):
            await learner.watch(Stage(learner.tab, "labels"), {})
            await learner.think()
            await learner.pick("overlap")
        elif learner.tab.widget("calibration"):
            told += 1
            T = round(learner.choose.uniform(0.3, 5), 3)
            await learner.tab.set("calibration", {"told": {"temperature": T, "number": told}})
            await learner.think()
            await learner.pick("believers")
        else:
            await learner.pick("guide_several")
            await learner.think()
            await learner.pick("guide_more")
        await learner.think()
        await learner.pick("part")


async def follows_the_lecture(learner: Learner) -> None:
    """The guided lecture: read, answer, look, go on."""
    while learner.stays:
        await learner.think(3, 8)
        step = dict(pair.split("=", 1) for pair in learner.tab.query.split("&") if "=" in pair)["lecture"]
        await learner.press_one(f"lecture_{step}_")
        await learner.think(2, 5)
        await learner.press_one("lecture_next" if learner.choose.random() < 0.9 else "lecture_section_")


async def wanders(learner: Learner) -> None:
    """From page to page, a little on each; a run that plays is left while it does."""

    async def start_to_watch() -> None:
        stage = Stage(learner.tab, "stage")
        playing.append(asyncio.create_task(stage.play(60)))
        await stage.look(speed=20)

    playing: list[asyncio.Task[None]] = []
    ways = {
        "softmax_playground": lambda: learner.drag_bar("bars"),
        "loss_explorer": lambda: learner.pick("loss_view"),
        "live_training": start_to_watch,
        "softmax_vs_sigmoid": lambda: learner.pick("part"),
        "home": lambda: learner.drag_bar("hero_bars"),
    }
    while learner.stays:
        page = learner.choose.choice(list(ways))
        await learner.tab.go(page)
        await learner.think()
        await ways[page]()
        await learner.think()
    for task in playing:
        task.cancel()


Way = Callable[[Learner], Awaitable[None]]
MIX: tuple[tuple[str, str, Way], ...] = (
    *((page, "train_data={data}", trains) for page in ["live_training"] * 12),
    *(("softmax_playground", "scenario=image", plays_with_logits),) * 3,
    *(("loss_explorer", "", explores_losses),) * 2,
    ("softmax_vs_sigmoid", "", compares),
    ("softmax_playground", "lecture=which_one", follows_the_lecture),
    ("home", "", wanders),
)
"""Of twenty learners: the page they open, with what in the link, and what they do there."""


async def learn(address: str, number: int, seed: int, until: float, pace: float, record: Record) -> None:
    """The life of a learner: open a link, do as their kind does, leave at the given moment of the loop's clock."""
    choose = Random(seed * 100_000 + number)
    page, query, way = MIX[number * 7 % len(MIX)]
    link = f"{query.format(data=choose.choice(SETS))}&lang={LANGUAGE}".strip("&")
    try:
        async with Tab.opened(address, page, link, record) as tab:
            await way(Learner(tab, choose, until, pace))
    except LeftError:
        pass
    except Exception as error:
        record.errors.append(f"{way.__name__}: {type(error).__name__} {error}")
