"""logind, a power service and a desktop on a private bus, for tests. Runs under Debian's own Python (python3-dbus).

Reads commands from standard input, one a line, and says on standard output what the program did:
``inhibited``, ``released``; ``done COMMAND`` after each command.
"""

import os
import sys
import time

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

PROPERTIES = "org.freedesktop.DBus.Properties"
MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
UPOWER, MUTTER = "org.freedesktop.UPower", "org.gnome.Mutter.IdleMonitor"
SAVER = "org.gnome.ScreenSaver"
LOGIND_PATH = "/org/freedesktop/login1"
OWN_PATH = f"{LOGIND_PATH}/session/_31"


def say(words: str) -> None:
    """One line to the test."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Held(dbus.service.Object):
    """An object with properties."""

    def __init__(self, bus: dbus.Bus, path: str, **held: object) -> None:
        super().__init__(bus, path)
        self.held = held

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, _interface: str, name: str) -> object:
        return self.held[name]

    @dbus.service.signal(PROPERTIES, signature="sa{sv}as")
    def PropertiesChanged(self, interface: str, changed: dict, gone: list) -> None:
        pass

    def change(self, interface: str, name: str, value: object) -> None:
        self.held[name] = value
        self.PropertiesChanged(interface, {name: value}, [])


class Logind(Held):
    @dbus.service.method(MANAGER, in_signature="ssss", out_signature="h")
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> object:
        mine, theirs = os.pipe()
        GLib.io_add_watch(mine, GLib.IO_HUP, self.released, mine)
        given = dbus.types.UnixFd(theirs)
        os.close(theirs)
        say(f"inhibited {what} {mode}")
        return given

    def released(self, _source: int, _condition: int, mine: int) -> bool:
        os.close(mine)
        say("released")
        return False

    @dbus.service.method(MANAGER, in_signature="s", out_signature="o")
    def GetSession(self, name: str) -> object:
        if name != "1":
            raise dbus.exceptions.DBusException(
                "no such session", name="org.freedesktop.login1.NoSuchSession"
            )
        return dbus.ObjectPath(OWN_PATH)

    @dbus.service.method(MANAGER, in_signature="u", out_signature="o")
    def GetSessionByPID(self, _number: int) -> object:
        raise dbus.exceptions.DBusException("none", name="org.freedesktop.login1.NoSessionForPID")

    @dbus.service.signal(MANAGER, signature="b")
    def PrepareForSleep(self, begins: bool) -> None:
        pass


class Session(Held):
    @dbus.service.signal(SESSION)
    def Lock(self) -> None:
        pass


class Mutter(dbus.service.Object):
    since = time.monotonic()

    @dbus.service.method(MUTTER, out_signature="t")
    def GetIdletime(self) -> int:
        return int((time.monotonic() - self.since) * 1000)


class Saver(dbus.service.Object):
    @dbus.service.signal(SAVER, signature="b")
    def ActiveChanged(self, on: bool) -> None:
        pass


class Services:
    """All of them, worked by lines of standard input."""

    def __init__(self) -> None:
        DBusGMainLoop(set_as_default=True)
        bus = dbus.SessionBus()
        self.names = [
            dbus.service.BusName(name, bus) for name in ("org.freedesktop.login1", UPOWER, MUTTER, SAVER)
        ]
        self.logind = Logind(bus, LOGIND_PATH)
        self.auto = Held(bus, f"{LOGIND_PATH}/session/auto", Id=dbus.String("1"))
        self.session = Session(bus, OWN_PATH, LockedHint=dbus.Boolean(False), Active=dbus.Boolean(True))
        self.power = Held(
            bus, "/org/freedesktop/UPower", LidIsPresent=dbus.Boolean(True), LidIsClosed=dbus.Boolean(False)
        )
        self.mutter = Mutter(bus, "/org/gnome/Mutter/IdleMonitor/Core")
        self.saver = Saver(bus, "/org/gnome/ScreenSaver")
        self.loop = GLib.MainLoop()
        GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, self.heard)

    def heard(self, _source: int, _condition: int) -> bool:
        words = os.read(sys.stdin.fileno(), 4096).decode().split()
        for word in words:
            self.happen(word)
            say(f"done {word}")
        if not words:
            self.loop.quit()
        return bool(words)

    def happen(self, word: str) -> None:
        """One thing on the computer."""
        if word == "sleep":
            self.logind.PrepareForSleep(True)
        elif word == "wake":
            self.logind.PrepareForSleep(False)
        elif word == "lock":
            self.session.Lock()
        elif word == "hint":
            self.session.change(SESSION, "LockedHint", dbus.Boolean(True))
        elif word == "user":
            self.session.change(SESSION, "Active", dbus.Boolean(False))
        elif word == "lid":
            self.power.change(UPOWER, "LidIsClosed", dbus.Boolean(True))
        elif word == "open":
            self.power.change(UPOWER, "LidIsClosed", dbus.Boolean(False))
        elif word == "saver":
            self.saver.ActiveChanged(True)
        elif word == "battery":
            self.power.change(UPOWER, "OnBattery", dbus.Boolean(True))
        elif word == "away":
            Mutter.since = time.monotonic() - 3600


services = Services()
say("ready")
services.loop.run()
