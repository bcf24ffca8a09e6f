"""Linux: logind on the system bus, the desktop's own services on the session bus. Both are local sockets.

logind tells of locking, sleep and of another user at the screen, and waits with the sleep until the window is covered.
Desktops tell of the locked screen and of the time without input: GNOME by Mutter's monitor, KDE by its screen saver.
"""

import os
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBus,
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from csa_desk.ui.shell.computer import Computer, Leaving

LOGIND = "org.freedesktop.login1"
MANAGER_PATH, MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
# service, path, interface, method: each answers in milliseconds.
IDLE_SOURCES = (
    (
        "org.gnome.Mutter.IdleMonitor",
        "/org/gnome/Mutter/IdleMonitor/Core",
        "org.gnome.Mutter.IdleMonitor",
        "GetIdletime",
    ),
    (
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "GetSessionIdleTime",
    ),
)
PATIENCE_MS = 300

_SIGNAL = SLOT("_said(QDBusMessage)")


class IdleCounter:
    """A counter of milliseconds without input, believed only once it was seen to run with the clock.

    Some desktops answer 0 for ever, some count in seconds; either would keep the window open or lock it too soon.
    """

    def __init__(self, read: Callable[[], int | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._before: tuple[float, int] | None = None
        self._gone = False
        self.believed = False

    def seconds(self) -> float | None:
        """Seconds without input; ``None`` while it is not believed, and for good once it gave no answer."""
        found = None if self._gone else self._read()
        if found is None:
            self._gone, self.believed = True, False
            return None
        now = self._clock()
        if self._before is None:
            self._before = (now, found)
        elif now - self._before[0] >= 0.5:
            passed, grown = (now - self._before[0]) * 1000, found - self._before[1]
            self.believed = self.believed or 0.8 * passed <= grown <= 1.2 * passed
            self._before = (now, found)
        return found / 1000 if self.believed else None


class LinuxComputer(Computer):
    """What logind and the desktop tell."""

    def __init__(
        self,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._system = system if system is not None else QDBusConnection.systemBus()
        self._session = session if session is not None else QDBusConnection.sessionBus()
        self._brake: QDBusMessage | None = None
        self._lid_was_closed = False
        self._told: set[Leaving] = set()
        self._session_path = ""
        if self._system.isConnected():
            self._listen_to_logind()
        if self._session.isConnected():
            for name in SCREEN_SAVERS:
                self._hear(self._session, "", "", name, "ActiveChanged")
                if self._owned(self._session, name):
                    self._told.add(Leaving.SCREEN)
        self._counters = [
            IdleCounter(_Ask(self._session, source))
            for source in IDLE_SOURCES
            if self._session.isConnected() and self._owned(self._session, source[0])
        ]

    # --- listening ------------------------------------------------------------------------------------------

    def _hear(self, bus: QDBusConnection, service: str, path: str, interface: str, name: str) -> None:
        # Bytes are asked for by the types, and refused when it runs.
        bus.connect(service, path, interface, name, self, _SIGNAL)  # type: ignore[call-overload]

    def _listen_to_logind(self) -> None:
        bus = self._system
        if self._owned(bus, LOGIND):
            self._hear(bus, LOGIND, MANAGER_PATH, MANAGER, "PrepareForSleep")
            self._told.add(Leaving.SLEEP)
            self._hold_the_brake()
            self._session_path = self._own_session()
            if self._session_path:
                for name in ("Lock", "Unlock"):
                    self._hear(bus, LOGIND, self._session_path, SESSION, name)
                self._hear(bus, LOGIND, self._session_path, PROPERTIES, "PropertiesChanged")
                self._told |= {Leaving.SCREEN, Leaving.USER}
        if self._owned(bus, UPOWER) and self._get(UPOWER, UPOWER_PATH, UPOWER, "LidIsPresent") is True:
            self._hear(bus, UPOWER, UPOWER_PATH, PROPERTIES, "PropertiesChanged")
            self._lid_was_closed = self._lid_closed()
            self._told.add(Leaving.LID)

    def _own_session(self) -> str:
        """The path of the session this program belongs to; empty where logind knows none."""
        number = os.environ.get("XDG_SESSION_ID", "")
        path = self._path_of("GetSession", number) if number else ""
        path = path or self._path_of("GetSessionByPID", os.getpid())
        if not path:
            # Started by the user's service manager: logind knows which session is the user's display.
            name = self._get(LOGIND, f"{MANAGER_PATH}/session/auto", SESSION, "Id")
            path = self._path_of("GetSession", name) if isinstance(name, str) else ""
        return path

    def _path_of(self, method: str, what: str | int) -> str:
        # ``u`` is asked for where a number is given, which Qt sends as ``i``: then by name only.
        found = _first(_call(self._system, LOGIND, MANAGER_PATH, MANAGER, method, [what]))
        return found.path() if isinstance(found, QDBusObjectPath) else ""

    @Slot(QDBusMessage)
    def _said(self, message: QDBusMessage) -> None:
        said = message.arguments()
        match message.member():
            case "PrepareForSleep":
                if said and said[0] is True:
                    self.left.emit(Leaving.SLEEP)
                else:
                    self._hold_the_brake()
            case "Lock":
                self.left.emit(Leaving.SCREEN)
            case "ActiveChanged" if said and said[0] is True:
                self.left.emit(Leaving.SCREEN)
            case "PropertiesChanged":
                self._look(message.path())

    def _look(self, path: str) -> None:
        """Something changed: which it was is read anew, because the change may name it without its value."""
        if path == UPOWER_PATH:
            closed = self._lid_closed()
            if closed and not self._lid_was_closed:
                self.left.emit(Leaving.LID)
            self._lid_was_closed = closed
        elif self._get(LOGIND, path, SESSION, "LockedHint") is True:
            self.left.emit(Leaving.SCREEN)
        elif self._get(LOGIND, path, SESSION, "Active") is False:
            self.left.emit(Leaving.USER)

    def _lid_closed(self) -> bool:
        return self._get(UPOWER, UPOWER_PATH, UPOWER, "LidIsClosed") is True

    # --- sleep ----------------------------------------------------------------------------------------------

    def _hold_the_brake(self) -> None:
        """Ask logind to wait with the sleep (some five seconds at most) until the window is covered.

        The answer holds a descriptor; letting go of the answer closes it, and so does replacing the process.
        """
        if self._brake is None:
            reason = ["sleep", "CSA Desk", "Covers the window and keeps what was typed", "delay"]
            answer = _call(self._system, LOGIND, MANAGER_PATH, MANAGER, "Inhibit", reason)
            if isinstance(_first(answer), QDBusUnixFileDescriptor):
                self._brake = answer

    def may_sleep(self) -> None:
        """Let logind go on to sleep."""
        self._brake = None

    # --- what is asked --------------------------------------------------------------------------------------

    def tells(self) -> frozenset[Leaving]:
        """What was found on the two buses."""
        return frozenset(self._told)

    @property
    def tells_idle(self) -> bool:  # type: ignore[override]
        """Whether a desktop here has a counter of the time without input."""
        return bool(self._counters)

    def idle_seconds(self) -> float | None:
        """The least of what believed counters say."""
        found = [seconds for counter in self._counters if (seconds := counter.seconds()) is not None]
        return min(found) if found else None

    def close(self) -> None:
        """Let go of the sleep."""
        self.may_sleep()

    def _get(self, service: str, path: str, interface: str, name: str) -> object:
        bus = self._system
        found = _first(_call(bus, service, path, PROPERTIES, "Get", [interface, name]))
        return found.variant() if isinstance(found, QDBusVariant) else None

    def _owned(self, bus: QDBusConnection, name: str) -> bool:
        """Whether a service is there, or is started when it is called."""
        asked = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        if _first(_call(bus, *asked, "NameHasOwner", [name])) is True:
            return True
        startable = _first(_call(bus, *asked, "ListActivatableNames", []))
        return name in (LOGIND, UPOWER) and isinstance(startable, list) and name in startable


class _Ask:
    """One question to one service, asked again and again."""

    def __init__(self, bus: QDBusConnection, source: tuple[str, str, str, str]) -> None:
        self._bus, self._source = bus, source

    def __call__(self) -> int | None:
        found = _first(_call(self._bus, *self._source, []))
        return found if isinstance(found, int) else None


def _call(
    bus: QDBusConnection, service: str, path: str, interface: str, method: str, said: Sequence[object]
) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(service, path, interface, method)
    message.setArguments(list(said))
    return bus.call(message, QDBus.CallMode.Block, PATIENCE_MS)


def _first(answer: QDBusMessage) -> object:
    """The first thing answered; ``None`` for a refusal or silence."""
    said = answer.arguments()
    return said[0] if answer.type() == QDBusMessage.MessageType.ReplyMessage and said else None
