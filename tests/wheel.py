"""Builds the wheel and uses it as a stranger would: outside the repository, in an environment of its own."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, where: Path) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run([str(part) for part in command], cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """`pip install dist/*.whl && aryk init my-portal && cd my-portal && aryk build`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, where=folder)
        venv.create(folder / "env", with_pip=True)
        (wheel,) = folder.glob("aryk-*.whl")
        pip = [folder / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", where=folder)
        run(*pip, "--no-deps", wheel, where=folder)
        run(folder / "env/bin/aryk", "init", "my-portal", where=folder)
        run(folder / "env/bin/aryk", "build", where=folder / "my-portal")
        front = (folder / "my-portal/build/index.html").read_text("utf-8")
        if "</html>" not in front or not list((folder / "my-portal/build/assets").glob("style.*.css")):
            sys.exit("the wheel's portal has no front page, or no style")
    print("the wheel builds a portal outside the repository")


if __name__ == "__main__":
    main()
