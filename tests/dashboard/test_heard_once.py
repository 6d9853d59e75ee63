"""What a page's clock sends with a press, or right behind one, is not passed on."""

import asyncio
from types import SimpleNamespace
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from verify.dashboard import heard_once
from verify.dashboard.heard_once import HeardOnce


def asked(*, clock: bool = False, press: bool = False) -> bytes:
    """A page's message that asks for a drawing, of a page that holds a note and maybe a press."""
    told = BackMsg()
    told.rerun_script.is_auto_rerun = clock
    note = told.rerun_script.widget_states.widgets.add(id="note")
    note.string_value = "heard it myself"
    if press:
        button = told.rerun_script.widget_states.widgets.add(id="undo")
        button.trigger_value = True
    return told.SerializeToString()


def drawn() -> bytes:
    """The server's message that a drawing has come to its end."""
    told = ForwardMsg()
    told.script_finished = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    return told.SerializeToString()


def heard(sent: list[bytes | None], kind: str = "websocket", answer: bytes = b"") -> list[Any]:
    """What of ``sent`` reaches the app behind, which answers each with ``answer``.

    None stands for a message without bytes.
    """
    waiting = [{"type": f"{kind}.receive", "bytes": one} for one in sent]
    waiting.append({"type": f"{kind}.disconnect"})
    passed, answered = [], []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        answered.append(message["bytes"])

    async def app(scope, receive, send):
        while (message := await receive())["type"] != f"{kind}.disconnect":
            passed.append(message["bytes"])
            await send({"type": f"{kind}.send", "bytes": answer})

    asyncio.run(HeardOnce(app)({"type": kind}, receive, send))
    assert answered == [answer] * len(passed)
    return passed


def clock(monkeypatch, *times: float) -> None:
    """Let each look at the clock give the next of these seconds."""
    seconds = iter(times)
    monkeypatch.setattr(heard_once, "time", SimpleNamespace(monotonic=lambda: next(seconds)))


def test_a_press_that_the_clock_took_along_is_passed_on_once():
    doubled, press = asked(clock=True, press=True), asked(press=True)
    assert heard([doubled, press]) == [press]


def test_the_clock_is_heard_before_a_press_and_not_until_that_is_drawn():
    by_clock, press = asked(clock=True), asked(press=True)
    assert heard([by_clock, by_clock, press, by_clock]) == [by_clock, by_clock, press]


def test_the_clock_is_heard_again_some_time_behind_the_drawing(monkeypatch):
    by_clock, press = asked(clock=True), asked(press=True)
    clock(monkeypatch, 100.0, 102.0, 102.0 + heard_once.QUIET_S, 103.0)
    assert heard([press, by_clock], answer=drawn()) == [press, by_clock]
    clock(monkeypatch, 100.0, 102.0, 102.1, 103.0)
    assert heard([press, by_clock], answer=drawn()) == [press]


def test_a_drawing_that_never_ends_does_not_stop_the_clock(monkeypatch):
    by_clock, press = asked(clock=True), asked(press=True)
    clock(monkeypatch, 100.0, 100.0 + heard_once.LONGEST_S)
    assert heard([press, by_clock]) == [press, by_clock]


def test_of_two_presses_the_later_one_counts(monkeypatch):
    by_clock, press = asked(clock=True), asked(press=True)
    clock(monkeypatch, 100.0, 100.1, 100.2, 100.3, 100.7)
    assert heard([press, press, by_clock], answer=drawn()) == [press, press]


def test_what_asks_for_no_drawing_is_passed_on_as_it_came():
    other = BackMsg()
    other.app_heartbeat = True
    for sent in ([b"\xff\xff no message"], [other.SerializeToString()], [None]):
        assert heard(sent) == sent
        assert heard(sent, kind="http") == sent


def test_a_press_on_one_page_does_not_silence_another():
    assert heard([asked(press=True)])
    assert heard([asked(clock=True)]) == [asked(clock=True)]
