"""The script that the server runs for every session, from an installed package too.

It lies in a folder of its own: Streamlit takes a folder `pages` beside a script for its pages and
would open one without the frame when a link leads straight to it.
"""

from verify.dashboard import app

app.run()
