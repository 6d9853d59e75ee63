"""What the page's clock asks for waits while somebody presses keys.

A fragment with ``run_every`` sends all that the page holds when its time has come. Two things go
wrong where that meets a press (seen in Chromium with Streamlit 1.67). A press leaves the page a
moment after it was made: a clock that strikes between takes it along, so that it arrives twice and
its callback runs twice, which takes back two decisions or refuses a verdict over itself. And where
the clock's run ends right behind the press's, the page forgets to take away what the press made
old: buttons of the claim before stay in it unseen, and hear the next key.
"""

from __future__ import annotations

import time
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PRESSES: Final = frozenset(
    {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
)
"""Kinds of values, in Streamlit's messages, that stand for one press and not for a state."""
QUIET_S: Final = 0.5
"""Seconds behind the drawing of a press in which nothing is drawn by the clock, so that the page
has time to take away what is old. The clock strikes again by itself."""
LONGEST_S: Final = 10.0
"""Seconds behind a press after which the clock is heard however the drawing went."""
_SMALL: Final = 200
"""Bytes below which a message may be the one that a drawing has ended: that one has some 30."""


class HeardOnce:
    """Pass on what pages send, but what their clock sends with a press or right behind one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of a web socket, without such messages."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        quiet_until = 0.0

        async def receive_once() -> Message:
            nonlocal quiet_until
            while True:
                message = await receive()
                asked = _rerun(message)
                if asked is None:
                    return message
                now = time.monotonic()
                if not asked.is_auto_rerun:
                    quiet_until = now + LONGEST_S
                    return message
                if now >= quiet_until and not _carries_a_press(asked):
                    return message

        async def send_on(message: Message) -> None:
            nonlocal quiet_until
            if quiet_until and _has_drawn(message):
                quiet_until = min(quiet_until, time.monotonic() + QUIET_S)
            await send(message)

        await self.app(scope, receive_once, send_on)


def _rerun(message: Message) -> ClientState | None:
    """Return what a page asks to be drawn; None where it asks for something else."""
    told, sent = BackMsg(), message.get("bytes")
    if message["type"] != "websocket.receive" or not sent:
        return None
    try:
        told.ParseFromString(sent)
    except DecodeError:  # for Streamlit to refuse
        return None
    return told.rerun_script if told.HasField("rerun_script") else None


def _carries_a_press(asked: ClientState) -> bool:
    return any(one.WhichOneof("value") in PRESSES for one in asked.widget_states.widgets)


def _has_drawn(message: Message) -> bool:
    """Whether the server says that a drawing has come to its end."""
    sent = message.get("bytes")
    if message["type"] != "websocket.send" or not sent or len(sent) > _SMALL:
        return False
    told = ForwardMsg()
    told.ParseFromString(sent)
    return told.WhichOneof("type") == "script_finished"
