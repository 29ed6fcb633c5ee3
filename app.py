"""Softmax Lab: page settings, language and navigation. The pages are in pages/."""

import streamlit as st

from ui.page import ICON, navigation

st.set_page_config(page_title="Softmax Lab", page_icon=str(ICON), layout="wide")
navigation().run()
