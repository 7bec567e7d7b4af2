#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the deployment files to the rules of those who will read them.

usage: check-deploy.py [FOLDER]

render.yaml and deploy/render-paid.yaml: the fields, types and values that
Render's published schema allows a web service, what the free plan refuses,
and names that were given up. Dockerfile, docker-compose.yml and
deploy/prometheus.yml: what docs/deploy.md promises of them. Every file, route
and setting that one of them names must exist. Needs PyYAML (Debian:
python3-yaml).
"""
import json
import re
import sys
from pathlib import Path

try:
    import yaml
except ImportError:
    print("check-deploy: python3-yaml is missing, deployment files not checked")
    sys.exit(0)

TEXT, FLAG = str, bool
PLANS = {"free", "starter", "standard", "pro", "pro plus", "pro max",
         "pro ultra"}


def between(low, high):
    return lambda v: type(v) is int and low <= v <= high


def one_of(*values):
    return lambda v: v in values


def texts(v):
    return type(v) is list and all(type(x) is str for x in v)


VARIABLE = {"key": TEXT, "value": lambda v: type(v) in (str, int, float),
            "generateValue": FLAG, "sync": FLAG}
# A web service: field, then its type, a test of its value or its own fields.
SERVICE = {
    "type": one_of("web"), "name": TEXT, "plan": PLANS.__contains__,
    "region": one_of("oregon", "ohio", "frankfurt", "singapore", "virginia"),
    "runtime": one_of("docker"), "repo": TEXT, "branch": TEXT,
    "rootDir": TEXT, "dockerCommand": TEXT, "dockerContext": TEXT,
    "dockerfilePath": TEXT, "numInstances": between(1, 100),
    "healthCheckPath": TEXT, "preDeployCommand": TEXT, "domain": TEXT,
    "domains": texts, "initialDeployHook": TEXT,
    "autoDeployTrigger": one_of("off", "commit", "checksPass"),
    "maxShutdownDelaySeconds": between(1, 300),
    "buildFilter": {"paths": texts, "ignoredPaths": texts},
    "previews": {"generation": one_of("automatic", "manual", "off"),
                 "plan": PLANS.__contains__, "numInstances": between(1, 100)},
    "scaling": {"minInstances": between(1, 100),
                "maxInstances": between(1, 100),
                "targetMemoryPercent": between(1, 90),
                "targetCPUPercent": between(1, 90)},
    "disk": {"name": TEXT, "mountPath": TEXT, "sizeGB": between(1, 10000)},
    "envVars": [VARIABLE],
}
REQUIRED = ("type", "name", "runtime", "plan", "healthCheckPath")
GIVEN_UP = {"env": "runtime", "autoDeploy": "autoDeployTrigger",
            "pullRequestPreviewsEnabled": "previews.generation",
            "previewPlan": "previews.plan"}
PAID_ONLY = ("disk", "scaling", "preDeployCommand")


class Check:
    def __init__(self, root):
        self.root, self.bad = root, 0

    def fail(self, where, what):
        print(f"check-deploy: {where}: {what}")
        self.bad += 1

    def read(self, name):
        try:
            return (self.root / name).read_text()
        except OSError as e:
            self.fail(name, e.strerror)
            return ""

    def load(self, name):
        try:
            return yaml.safe_load(self.read(name)) or {}
        except yaml.YAMLError as e:
            self.fail(name, str(e).replace("\n", " "))
            return {}

    def fields(self, where, value, rules):
        if type(rules) is list:
            if type(value) is not list:
                return self.fail(where, "is no list")
            for i, item in enumerate(value):
                self.fields(f"{where}[{i}]", item, rules[0])
        elif type(rules) is dict:
            if type(value) is not dict:
                return self.fail(where, "has no fields")
            for name, item in value.items():
                if name in GIVEN_UP:
                    self.fail(where, f"{name} was given up; write "
                                     f"{GIVEN_UP[name]}")
                elif name not in rules:
                    self.fail(where, f"{name} is no field of it")
                else:
                    self.fields(f"{where}.{name}", item, rules[name])
        elif not (type(value) is rules if type(rules) is type
                  else rules(value)):
            self.fail(where, f"{value!r} is not allowed")

    def names(self):
        """Variables that the service knows, and paths that it serves."""
        table = self.read("server/settings_table.c")
        known = {f"RESUME_SCORER_{s}_{n}".upper() for s, n in re.findall(
            r'(?:NUMBER|SWITCH|TEXT)(?:_ENV)?\(\s*"(\w+)",\s*"(\w+)"', table)}
        known |= set(re.findall(r'"([A-Z_]{4,})"', table))
        known |= set(re.findall(r'"(RESUME_SCORER_\w+)"',
                                self.read("server/settings.c")))
        routes = json.loads(self.read("server/openapi.json") or "{}")
        return known, set(routes.get("paths", ()))

    def render(self, name, known, routes):
        data = self.load(name)
        services = data.get("services") or []
        before = self.bad
        self.fields(name, data, {"services": [SERVICE]})
        if self.bad > before:
            return None
        if len(services) != 1 or type(services[0]) is not dict:
            return self.fail(name, "is not about one service")
        s = services[0]
        for field in REQUIRED:
            if field not in s:
                self.fail(name, f"{field} is missing")
        if s.get("plan") == "free":
            for field in PAID_ONLY:
                if field in s:
                    self.fail(name, f"{field} needs a paid plan")
        instances = max(s.get("numInstances", 1),
                        (s.get("scaling") or {}).get("maxInstances", 1))
        if instances > 1 and (s.get("plan") == "free" or "disk" in s):
            self.fail(name, "more than one instance goes with neither the "
                            "free plan nor a disk")
        if s.get("healthCheckPath") not in routes:
            self.fail(name, "healthCheckPath is no route of openapi.json")
        files = (s.get("buildFilter") or {}).get("paths", [])
        for path in files + [s.get("dockerfilePath", "Dockerfile")]:
            if not (self.root / re.sub(r"/\*\*$", "", path)).exists():
                self.fail(name, f"{path} is not there")
        return self.variables(
            name, [v.get("key") for v in s.get("envVars", [])], known)

    def variables(self, name, keys, known):
        for key in keys:
            if key not in known:
                self.fail(name, f"{key} is no setting of the service")

    def docker(self, known):
        text = self.read("Dockerfile")
        last = text[text.rfind("FROM "):]
        for rule, why in (
                (r"^FROM scratch$", "the last stage is not from scratch"),
                (r"^USER [1-9]\d*:[1-9]\d*$", "does not name a user by number"),
                (r"^EXPOSE 10000$", "does not expose Render's port"),
                (r"^STOPSIGNAL SIGTERM$", "does not stop by SIGTERM"),
                (r'^ENTRYPOINT \["/', "has no entry point as a list")):
            if not re.search(rule, last, re.M):
                self.fail("Dockerfile", why)
        env = re.search(r"^ENV (.*?[^\\])$", last, re.M | re.S)
        keys = re.findall(r"(\w+)=", env.group(1)) if env else []
        self.variables("Dockerfile", [k for k in keys if k != "RENDER"], known)

    def compose(self, known):
        name = "docker-compose.yml"
        services = self.load(name).get("services") or {}
        ours = services.get("resume-scorer") or {}
        for field, want in (("read_only", True), ("cap_drop", ["ALL"]),
                            ("security_opt", ["no-new-privileges:true"])):
            if ours.get(field) != want:
                self.fail(name, f"{field} is not {want}")
        for service in services.values():
            for port in service.get("ports", []):
                if not str(port).startswith("127.0.0.1:"):
                    self.fail(name, f"{port} is open to everybody")
            for volume in service.get("volumes", []):
                path = str(volume).split(":")[0]
                if path.startswith("./") and not (self.root / path).exists():
                    self.fail(name, f"{path} is not there")
        env = ours.get("environment") or {}
        self.variables(name, [k for k in env if k != "RENDER"], known)
        jobs = self.load("deploy/prometheus.yml").get("scrape_configs") or []
        targets = [t for j in jobs for c in j.get("static_configs", [])
                   for t in c["targets"]]
        if f"resume-scorer:{env.get('PORT')}" not in targets:
            self.fail("deploy/prometheus.yml", "does not scrape the service")


def main():
    check = Check(Path(sys.argv[1]) if len(sys.argv) > 1
                  else Path(__file__).resolve().parents[1])
    known, routes = check.names()
    check.render("render.yaml", known, routes)
    check.render("deploy/render-paid.yaml", known, routes)
    check.docker(known)
    check.compose(known)
    return 1 if check.bad else 0


if __name__ == "__main__":
    sys.exit(main())
