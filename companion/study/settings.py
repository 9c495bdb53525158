"""Settings: a small TOML file that a person writes, and `companion doctor` one line of it when asked to.

Every setting has a default, so the file need not exist. What cannot be used is
named in `problems` and the default is taken; a typing error in a settings file
must not keep anybody from studying.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from companion.mathtext.rendering import ProfileName

Reading = Literal["drawn", "spoken"]
PROFILES: tuple[ProfileName, ...] = ("full", "safe", "ascii")


@dataclass(frozen=True, slots=True)
class Settings:
    """`glyphs`: which characters mathematics is set with (`full`, `safe`, `ascii`); `theme`: a theme of the app by name.

    `mathematics`: whether what is printed in lines has its formulas `drawn`, or `spoken` in words for a screen reader.
    """

    glyphs: ProfileName = "full"
    theme: str = "textual-dark"
    mathematics: Reading = "drawn"
    problems: tuple[str, ...] = field(default=())


def settings_file() -> Path:
    """Where the settings are looked for: `settings.toml` in `COMPANION_CONFIG` or the platform's configuration folder."""
    folder = os.environ.get("COMPANION_CONFIG")
    if folder:
        return Path(folder) / "settings.toml"
    from platformdirs import user_config_path

    return user_config_path("companion") / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """The settings in the file, with defaults for what is missing or cannot be used."""
    path = path or settings_file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(problems=(f"{path} cannot be read ({error}); the defaults are used.",))
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(problems=(f"{path} is not valid TOML ({error}); the defaults are used.",))
    return _checked(found, path)


def remember_glyphs(profile: ProfileName, path: Path | None = None) -> Path:
    """Write the choice of glyphs into the settings file, leaving every other line as it is; the file. Raises `OSError`."""
    path = path or settings_file()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    chosen = f'glyphs = "{profile}"'
    top = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    place = next((number for number, line in enumerate(lines[:top]) if line.split("=")[0].strip() == "glyphs"), None)
    if place is None:
        lines.insert(0, chosen)  # before any table, where a top-level key must stand
    else:
        lines[place] = chosen
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(path)
    return path


def _checked(found: dict[str, object], path: Path) -> Settings:
    names = {part.name for part in fields(Settings)} - {"problems"}
    problems = [f"{path}: there is no setting '{name}'; there are {', '.join(sorted(names))}." for name in found if name not in names]
    wanted, theme = found.get("glyphs", "full"), found.get("theme", "textual-dark")
    glyphs = next((profile for profile in PROFILES if profile == wanted), None)
    if glyphs is None:
        problems.append(f"{path}: glyphs must be one of {', '.join(PROFILES)}, not '{wanted}'.")
    if not isinstance(theme, str):
        problems.append(f"{path}: theme must be the name of a theme.")
        theme = "textual-dark"
    reading = found.get("mathematics", "drawn")
    if reading not in ("drawn", "spoken"):
        problems.append(f"{path}: mathematics must be drawn or spoken, not '{reading}'.")
    return Settings(glyphs or "full", theme, "spoken" if reading == "spoken" else "drawn", tuple(problems))
