# SPDX-License-Identifier: MIT
"""A control group with the limits of a small container, for benchmarks.

    with Group(memory=512 << 20, cpu=0.1, pids=128) as group:
        subprocess.Popen(command, preexec_fn=group.join)

Version 2 and version 1 of control groups; needs the right to make one (root).
The period of the processor's quota is 100 ms, as containers have it.
"""
import os
import re
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PERIOD_US = 100000


def own_group(controller):
    """The group of version 1 that this process is in."""
    for line in open("/proc/self/cgroup"):
        _, names, path = line.rstrip("\n").split(":", 2)
        if controller in names.split(","):
            return path.lstrip("/")
    return ""


class Group:
    def __init__(self, memory, cpu, pids):
        name = f"resume-scorer-bench.{os.getpid()}.{time.monotonic_ns()}"
        quota = int(cpu * PERIOD_US)
        if (ROOT / "cgroup.controllers").exists():
            self.memory = self.cpu = self.account = ROOT / name
            self.folders = [ROOT / name]
            values = {"memory.max": memory, "memory.swap.max": 0,
                      "cpu.max": f"{quota} {PERIOD_US}", "pids.max": pids}
        else:
            self.folders = [ROOT / c / own_group(c) / name
                            for c in ("memory", "cpu", "pids", "cpuacct")]
            self.memory, self.cpu, _, self.account = self.folders
            values = {"memory.limit_in_bytes": memory,
                      "cpu.cfs_period_us": PERIOD_US,
                      "cpu.cfs_quota_us": quota, "pids.max": pids}
        try:
            for folder in self.folders:
                folder.mkdir(exist_ok=True)  # cpu and cpuacct may be one
            for file, value in values.items():
                places = [f / file for f in self.folders
                          if (f / file).exists()]
                if not places and file != "memory.swap.max":
                    raise OSError(f"{file} is not there")
                for place in places:
                    place.write_text(str(value))
        except OSError as e:
            self.remove()
            raise SystemExit(f"no control group can be made ({e}); "
                             "run this as root")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()

    def join(self):
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def processes(self):
        return [int(p) for p in
                (self.memory / "cgroup.procs").read_text().split()]

    def _number(self, folder, names, pattern=r"(\d+)"):
        for name in names:
            try:
                found = re.search(pattern, (folder / name).read_text(), re.M)
            except OSError:
                continue
            if found:
                return int(found.group(1))
        return None

    def peak_bytes(self):
        """With the pages of files that it was the first to read."""
        return self._number(self.memory, ("memory.peak",
                                          "memory.max_usage_in_bytes"))

    def kills(self):
        return self._number(self.memory, ("memory.events",
                                          "memory.oom_control"),
                            r"^oom_kill (\d+)")

    def cpu_seconds(self):
        us = self._number(self.cpu, ("cpu.stat",), r"^usage_usec (\d+)")
        if us is None:
            ns = self._number(self.account, ("cpuacct.usage",))
            return ns / 1e9 if ns is not None else None
        return us / 1e6

    def throttled(self):
        return self._number(self.cpu, ("cpu.stat",), r"^nr_throttled (\d+)")

    def remove(self):
        for folder in self.folders:
            for _ in range(50):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:  # processes that are not yet gone
                    time.sleep(0.1)
