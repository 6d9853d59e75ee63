"""The Streamlit entry: `streamlit run dashboard.py` draws the desk.

`verify serve` draws the same desk and adds what a browser is told not to load (see
`verify.dashboard.server`); use that one.
"""

from verify.dashboard import app

app.run()
