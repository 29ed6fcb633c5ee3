"""Softmax Lab: page settings, language and navigation. The pages are in pages/."""

import streamlit as st

from ui.shell.page import ICON, navigation
from ui.state.script_queue import SCRIPT_QUEUE

st.set_page_config(page_title="Softmax Lab", page_icon=ICON, layout="wide")
with SCRIPT_QUEUE.acquire():
    navigation().run()
