# The set-up that the scripts at the root share; they source it with $root set to the clone's folder. It never leaves the caller's folder, and speaks on
# standard error only. When everything is there it costs one `find`.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 4; }
trap 'exit 130' INT

# One at a time in this clone: the second of two first calls waits here, and then finds everything done.
lock() {
    { mkdir -p "$root/artifacts" && exec 9> "$root/artifacts/lock"; } 2> /dev/null || { say "Cannot write to $root/artifacts."; return 1; }
    flock -n 9 || { say "Waiting for another set-up in $root."; flock 9; }
}
unlock() { exec 9>&-; }

# The runtime that is forced, else the one that the last restore found, else none yet.
actor_runtime() {
    runtime=${ACTOR_RUNTIME-}
    [ -n "$runtime" ] || { read -r runtime < "$root/artifacts/actor-runtime.txt"; } 2> /dev/null
    case $runtime in
        akka | embedded | '') ;;
        *) say "ACTOR_RUNTIME must be akka or embedded, not '$runtime'."; exit 3 ;;
    esac
}

# fresh NAME FOLDER...: was NAME built, and is nothing in the folders, or above them, newer than the start of that build? A folder is newer when a file in it
# is added or deleted. A source of packages added since then may bring Akka.NET.
fresh() {
    local stamp=$root/artifacts/$runtime/built-$1
    shift
    [ -n "$runtime" ] && [ -e "$stamp" ] || return
    [ -n "${ACTOR_RUNTIME-}" ] || ! [ "${HOME-}/.nuget/NuGet/NuGet.Config" -nt "$root/artifacts/probed" ] || return
    [ -z "$(cd "$root" && find "$@" build Directory.* *.config global.json .editorconfig Banned* -newer "$stamp" -print -quit 2> /dev/null)" ]
}

built() {
    actor_runtime
    fresh all src embedded hocon benchmarks tests && return
    case $1 in
        src/*) fresh "${1##*/}" src embedded hocon ;;
        benchmarks/*) fresh "${1##*/}" src embedded hocon benchmarks ;;
        *) false ;;
    esac
}

# build PROJECT: in Release, if it is not built already.
build() {
    built "$1" && return
    lock || exit 4
    built "$1" && { unlock; return; }
    command -v dotnet > /dev/null && (cd "$root" && dotnet --version > /dev/null 2>&1) ||
        fail "The .NET 10 SDK is needed and was not found: install it (https://dot.net), or put its folder on PATH."
    say "Building ${1##*/}."
    local began=$SECONDS name=${1##*/}
    [ "$name" = ProverCluster.sln ] && name=all
    touch "$root/artifacts/began"
    (
        cd "$root" || exit
        export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
        exec dotnet msbuild "$1" -restore -t:Build -p:Configuration=Release -nologo -v:quiet -nodeReuse:false -p:UseSharedCompilation=false -p:UseRazorBuildServer=false >&2 9>&-
    ) || fail "The build failed."
    actor_runtime
    mv "$root/artifacts/began" "$root/artifacts/$runtime/built-$name"
    touch "$root/artifacts/probed"
    say "Built in $((SECONDS - began)) s, for the $runtime actor runtime."
    unlock
}

# run PROJECT ARGUMENT...: becomes the program. Its host finds .NET by DOTNET_ROOT where it is not in its usual place.
run() {
    local project=$1
    shift
    [ -n "${DOTNET_ROOT-}" ] || export DOTNET_ROOT=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
    trap - INT
    exec "$root/artifacts/$runtime/bin/$project/release/Prover$project" "$@"
}

# Programs, and the Debian packages that bring them.
programs='z3=z3 cvc5=cvc5 eprover=eprover SPASS=spass cadical=cadical minisat=minisat picosat=picosat cryptominisat5=cryptominisat bwrap=bubblewrap'

missing_packages() {
    local program
    missing=
    for program in $programs; do
        command -v "${program%=*}" > /dev/null || missing+=" ${program#*=}"
    done
    [ -n "$missing" ]
}

# Installs what is missing where we may, else says what to run. A missing prover is no reason to stop.
provers() {
    missing_packages || return 0
    local by_hand="to have them: apt-get install --no-install-recommends$missing"
    [ "${PROVE_NO_INSTALL-}" != 1 ] || { say "Some programs are missing, and PROVE_NO_INSTALL=1; $by_hand"; return; }
    command -v apt-get > /dev/null || { say "Some programs are missing, and there is no apt-get here; Debian's names of their packages:$missing"; return; }
    as_root=
    if [ "$EUID" != 0 ]; then
        as_root='sudo -n'
        sudo -n true 2> /dev/null || { say "Some programs are missing, and only root may install them; $by_hand"; return; }
    fi
    lock || { say "Some programs are missing; $by_hand"; return; }
    if missing_packages; then
        # A failure is remembered for an hour: without a network every call would wait for apt-get.
        local tried=$root/artifacts/not-installed
        if [ -n "$(find "$tried" -mmin -60 2> /dev/null)" ] && [ "$(cat "$tried")" = "$missing" ]; then
            say "Some programs are missing, and could not be installed a while ago; $by_hand"
        else
            say "Installing$missing with apt-get; PROVE_NO_INSTALL=1 refrains."
            install $missing > "$root/artifacts/apt.log" 2>&1
            rm -f "$tried"
            if missing_packages; then
                say "Could not be installed:$missing. $(grep -m 1 '^E:' "$root/artifacts/apt.log")"
                printf '%s\n' "$missing" > "$tried"
            fi
        fi
    fi
    unlock
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60 -o Acquire::Retries=1 -o Acquire::http::Timeout=15 "$@" < /dev/null 9>&-
}

# install PACKAGE...: those that apt knows; its lists are brought up to date at most once, when they lack a package or lead nowhere.
install() {
    local updated= package known
    apt-cache show "$@" > /dev/null 2>&1 || { apt update; updated=1; }
    for package; do
        apt-cache show "$package" > /dev/null 2>&1 && known+=" $package" || echo "E: $package is not in this machine's package sources"
    done
    [ -n "${known-}" ] || return
    apt install --no-install-recommends $known && return
    if [ -z "$updated" ] && apt update && apt install --no-install-recommends $known; then return; fi
    # One that cannot be had keeps none of the others away.
    for package in $known; do apt install --no-install-recommends "$package"; done
}

# manifest_check: what holds deploy/k8s against Kubernetes' own descriptions, with its packages from npm. Without it a few tests are skipped, and say so.
manifest_check() {
    local folder=$root/artifacts/k8s-check
    command -v kubectl > /dev/null && command -v node > /dev/null && command -v npm > /dev/null || return 0
    mkdir -p "$folder" && cp "$root"/deploy/k8s/check/* "$folder" || return 0
    cmp -s "$folder/package.json" "$folder/installed.json" && return
    [ "${PROVE_NO_INSTALL-}" != 1 ] || { say "The check of manifests needs packages from npm, and PROVE_NO_INSTALL=1; to have them: cd $folder && npm install"; return; }
    say "Installing what checks manifests with npm; PROVE_NO_INSTALL=1 refrains."
    (cd "$folder" && timeout 120 npm install --no-audit --no-fund --no-package-lock --fetch-retries=0 > npm.log 2>&1) && cp "$folder/package.json" "$folder/installed.json" ||
        say "Could not be installed: $folder/npm.log"
}

# metrics_check: what holds /metrics and the alarms against Prometheus' own reader, taken out of Debian's package, which would start a server too.
metrics_check() {
    local folder=$root/artifacts/promtool
    PATH=$PATH:$folder/usr/bin
    ! command -v promtool > /dev/null && command -v apt-get > /dev/null && mkdir -p "$folder" || return 0
    [ "${PROVE_NO_INSTALL-}" != 1 ] || { say "The check of metrics needs promtool, of Debian's package prometheus, and PROVE_NO_INSTALL=1."; return; }
    say "Fetching promtool with apt-get; PROVE_NO_INSTALL=1 refrains."
    (cd "$folder" && timeout 120 apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=15 download prometheus > apt.log 2>&1 &&
        dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool && rm prometheus_*.deb) || say "Could not be fetched: $folder/apt.log"
}
