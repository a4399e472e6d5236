"""An adopter's repository as git keeps it: whether all is committed, and proofs on a branch of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from site_builder.reading.repository import read_raw
from site_builder.reading.revision import Git

_BRANCH = "refs/heads/proofs"
# The branch is the machine's; git asks for a name, and whoever runs an upgrade may have given it none.
_AS = ("-c", "user.name=badgepress", "-c", "user.email=noreply@badgepress.invalid")


class WorktreeRefused(Exception):  # noqa: N818 - it says what happened
    """The repository is not as an upgrade needs it; ``str()`` says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Worktree:
    """A repository and its git. Raises ``RevisionRefused`` where git does not keep it."""

    def __init__(self, root: Path) -> None:
        self._root, self._git = root, Git(root)

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is none, or no file that the press would read."""
        return read_raw(self._root, path) if (self._root / path).is_file() else None

    def refuse_changes(self) -> None:
        """Raise :class:`WorktreeRefused` where something is not committed: an upgrade could not be undone."""
        changed = self._git.ask("status", "--porcelain", "--", ".").splitlines()
        if changed:
            files = "file is" if len(changed) == 1 else "files are"
            hint = "commit or stash first; git status shows what"
            raise WorktreeRefused(f"{len(changed)} {files} not committed", hint)

    def proofs_to_move(self) -> Callable[[], str] | None:
        """Return what moves the proofs that git keeps in ``proofs/`` to the branch of that name.

        None where git keeps none there. Raises :class:`WorktreeRefused` where the branch has other files.
        What is returned leaves the files where they are, and says what it did.
        """
        git = self._git
        if not git.ask("ls-files", "--", "proofs").strip():
            return None
        tree = git.ask("rev-parse", "HEAD:./proofs").decode().strip()
        kept = git.run(("rev-parse", "--verify", "--quiet", f"{_BRANCH}^{{tree}}")).stdout.decode().strip()
        if kept and kept != tree:
            hint = "bring the two together by hand, commit, and try again"
            raise WorktreeRefused("the branch proofs has other files than the folder proofs/", hint)
        return lambda: self._move(tree, is_there=bool(kept))

    def _move(self, tree: str, *, is_there: bool) -> str:
        if not is_there:
            words = (*_AS, "commit-tree", tree, "-m", "Proofs, from the main branch")
            self._git.ask("update-ref", _BRANCH, self._git.ask(*words).decode().strip(), "")
        self._git.ask("rm", "-r", "--cached", "--quiet", "--", "proofs")
        return "proofs/: now on the branch proofs, and ignored by git here; push it: git push origin proofs"
