#!/usr/bin/env bash
# The branch proofs and the folder proofs/: what was signed before is laid out, what was added is pushed.
#
#     tools/proofs.sh fetch     origin/proofs, as it was last fetched, into the folder proofs/
#     tools/proofs.sh push      the folder proofs/ as one more commit of the branch proofs
#
# Run in the repository of the content. The branch only grows: a push that would lose a commit is refused by git,
# and one from a folder that was not laid out of the newest commit, and so lacks what others recorded, by this.
# Where git has no login of its own, TOKEN holds one; it is given to git by its environment, never as a word.
set -euo pipefail

BRANCH=refs/remotes/origin/proofs
# The commit that was laid out last, for push to compare.
LAID_OUT=refs/badgepress/proofs

before() { git rev-parse --quiet --verify "$BRANCH" || true; }

laid_out() { git rev-parse --quiet --verify "$LAID_OUT" || true; }

fetch() {
    if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
        echo "error: this clone is shallow, so nobody knows what was signed before; fetch it whole" >&2
        exit 2
    fi
    mkdir -p proofs
    if [ -n "$(before)" ]; then
        git archive "$BRANCH" | tar -x -C proofs
        git update-ref "$LAID_OUT" "$BRANCH"
    else
        git update-ref -d "$LAID_OUT"
    fi
}

push() {
    local parent tree commit
    parent=$(before)
    if [ "$parent" != "$(laid_out)" ]; then
        echo "error: proofs/ is not of the newest branch proofs; fetch it, record anew what was signed, and push" >&2
        exit 2
    fi
    tree=$(tree_of_proofs)
    if [ -n "$parent" ] && [ "$tree" = "$(git rev-parse "$parent^{tree}")" ]; then
        echo "No new proofs."
        return
    fi
    commit=$(git commit-tree "$tree" ${parent:+-p "$parent"} -m "Proofs of $(git rev-parse HEAD)")
    (
        login
        git push --quiet origin "$commit:refs/heads/proofs"
    )
    git update-ref "$LAID_OUT" "$commit"
    echo "Pushed the branch proofs."
}

# The checkout's own index stays as it is.
tree_of_proofs() {
    local folder
    folder=$(mktemp -d)
    (
        trap 'rm -rf "$folder"' EXIT
        GIT_DIR=$(git rev-parse --absolute-git-dir)
        export GIT_DIR GIT_WORK_TREE=$PWD/proofs GIT_INDEX_FILE=$folder/index
        cd proofs
        git add --all --force .
        git write-tree
    )
}

login() {
    [ -n "${TOKEN:-}" ] || return 0
    local basic
    basic=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
    export GIT_CONFIG_COUNT=1
    export GIT_CONFIG_KEY_0="http.${GITHUB_SERVER_URL:-https://github.com}/.extraheader"
    export GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic"
}

# Whose commits they are, where git does not know.
export GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-badgepress} GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-noreply@badgepress.invalid}
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

case "${1:-}" in
    fetch) fetch ;;
    push) push ;;
    *)
        echo "error: expected fetch or push" >&2
        exit 2
        ;;
esac
