"""Verifying a workspace from outside, also one that no longer opens."""

from pathlib import Path

from ocgdesk.errors import BadWorkspace
from ocgdesk.progress import Progress, silent
from ocgdesk.security import chain
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.store import verification
from ocgdesk.store.verification import Verdict
from ocgdesk.store.workspace import Workspace


def check(
    path: Path, user_name: str, passphrase: str, *, head: str = "", progress: Progress = silent
) -> Verdict:
    """Check a workspace from end to end; one that does not open is examined as it lies there.

    ``head`` is a printed head that must be part of its journal. Raises NotUnlocked for a wrong
    passphrase, BadWorkspace where not even the key file can be read, Refused where ``head`` is
    no head.
    """
    if head:
        chain.same_head(head, chain.GENESIS)  # what is no head is refused before the long work
    user_id, key = keyfiles.unlock(keyfiles.read(keyfiles.path_for(path)), user_name, passphrase)
    try:
        workspace = Workspace.open(path, key, user_id)
    except BadWorkspace as error:
        return verification.examine(path, key, str(error), progress=progress)
    try:
        return verification.verify(workspace, head=head, progress=progress)
    finally:
        workspace.close()
