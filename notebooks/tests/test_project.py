"""What a public project needs: the POMs that Maven Central takes, versions that agree, notes of changes, forms and workflows."""

import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from talk import TARGET

ROOT = Path(__file__).resolve().parents[2]
POM = {"": "http://maven.apache.org/POM/4.0.0"}
KINDS = "added changed deprecated removed fixed security"
# Written so that this file does not name one.
REGISTRY = re.compile(r"\b(?:repo1?\.maven\.apache|repo1?\.maven|\w+\.sonatype|pypi|pythonhosted|npmjs|anaconda)\.(?:org|com|io)\b")


def pom(path):
    return ElementTree.parse(ROOT / path).getroot()


def text(element, path):
    return element.findtext(path, default="", namespaces=POM).strip()


def version(of):
    return tuple(int(part) for part in of.removesuffix("-SNAPSHOT").split("."))


PARENT = pom("pom.xml")
LIBRARY = pom("kernel-lib/pom.xml")
VERSION = text(PARENT, "version")


@pytest.fixture(scope="module")
def jar():
    return TARGET / f"lossbook-{VERSION}.jar"


def test_the_artifact_is_the_library_under_the_projects_name():
    assert text(PARENT, "groupId") == "org.lossbook"
    assert text(LIBRARY, "artifactId") == "lossbook"
    assert text(LIBRARY, "parent/artifactId") == text(PARENT, "artifactId")
    assert text(LIBRARY, "parent/version") == VERSION


@pytest.mark.parametrize("part", ["name", "description"])
@pytest.mark.parametrize("project", [PARENT, LIBRARY])
def test_each_artifact_says_what_it_is(project, part):
    assert text(project, part)


@pytest.mark.parametrize(
    "part",
    [
        "url",
        "licenses/license/name",
        "licenses/license/url",
        "developers/developer/name",
        "scm/connection",
        "scm/developerConnection",
        "scm/url",
    ],
)
def test_what_maven_central_demands_is_said(part):
    assert text(PARENT, part)


def test_who_depends_on_the_library_gets_the_versions_that_it_is_tested_with():
    """Maven passes over a dependency's dependencyManagement: what stands there alone is another version elsewhere."""

    def named(project, path):
        return {text(each, "artifactId") for each in project.iterfind(path, POM) if text(each, "scope") != "import"}

    managed = named(PARENT, "dependencyManagement/dependencies/dependency")
    assert managed - named(LIBRARY, "dependencies/dependency") == set()


def test_addresses_are_inherited_as_they_are():
    inherit = "inherit.append.path"
    assert PARENT.find("url", POM).get(f"child.project.url.{inherit}") == "false"
    scm = PARENT.find("scm", POM)
    for address in ("connection", "developerConnection", "url"):
        assert scm.get(f"child.scm.{address}.{inherit}") == "false"


def test_a_release_has_sources_and_javadoc_and_is_signed():
    def plugins(project, where):
        return {text(each, "artifactId") for each in project.iterfind(f"{where}/build/plugins/plugin", POM)}

    release = "profiles/profile[id='release']"
    assert "maven-source-plugin" in plugins(LIBRARY, ".")
    assert "maven-javadoc-plugin" in plugins(LIBRARY, release)
    assert "maven-gpg-plugin" in plugins(PARENT, release)


def test_the_jar_names_its_module(jar):
    with zipfile.ZipFile(jar) as opened:
        manifest = opened.read("META-INF/MANIFEST.MF").decode().splitlines()
    assert "Automatic-Module-Name: org.lossbook" in manifest
    assert jar.with_name(f"{jar.stem}-sources.jar").is_file()


def test_the_changelog_begins_with_the_latest_release():
    headings = re.findall(r"^## \[(\d+\.\d+\.\d+)\]\((.*)\) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    releases = [version(release) for release, _ in headings]
    assert releases == sorted(releases, reverse=True)
    if VERSION.endswith("-SNAPSHOT"):
        assert version(VERSION) > releases[0]
    else:
        assert version(VERSION) == releases[0]
    for release, address in headings:
        assert address.endswith(f"/v{release}")


def test_releases_go_into_the_changelog_where_towncrier_looks():
    # tomllib came with Python 3.11.
    start = re.search(r'^start_string = "(.*)\\n"$', (ROOT / "towncrier.toml").read_text(), re.M).group(1)
    before, line, after = (ROOT / "CHANGELOG.md").read_text().partition(start + "\n")
    assert line and "## [" not in before and after.lstrip().startswith("## [")


def test_a_note_of_a_change_has_a_kind_and_no_bullet():
    for note in (ROOT / "changelog.d").iterdir():
        if note.name != "README.md":
            assert re.fullmatch(rf"\+[\w-]+\.(?:{KINDS.replace(' ', '|')})\.md", note.name), note.name
            assert re.match(r"[^\s*#-]", note.read_text()), f"{note.name} begins with a bullet, a heading or a blank"


@pytest.mark.parametrize("kind", KINDS.split())
def test_towncrier_knows_each_kind_of_change(kind):
    assert f'directory = "{kind}"' in (ROOT / "towncrier.toml").read_text()


def test_the_public_api_is_compared_with_a_release():
    assert version(text(PARENT, "properties/api.baseline")) <= version(VERSION)


@pytest.mark.parametrize("file", sorted((ROOT / ".github").rglob("*.yml")), ids=lambda file: file.name)
def test_what_github_reads_is_yaml(file):
    assert isinstance(yaml.safe_load(file.read_text()), dict)


def test_each_form_of_an_issue_has_fields_with_names_of_their_own():
    forms = [yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text()) for name in ("bug", "idea", "question")]
    for form in forms:
        assert form["name"] and form["description"]
        names = [field["id"] for field in form["body"]]
        assert len(set(names)) == len(names)


def test_the_build_covers_the_systems_and_jdks_that_are_promised():
    jobs = yaml.safe_load((ROOT / ".github/workflows/build.yml").read_text())["jobs"]
    runs = [
        (system, java)
        for job in jobs.values()
        for system in job.get("strategy", {}).get("matrix", {}).get("os", [])
        for java in job["strategy"]["matrix"]["java"]
    ]
    assert {(f"{system}-latest", java) for system in ("ubuntu", "macos", "windows") for java in (17, 21, 25)} <= set(runs)
    assert any(step.get("run") == ".ci/run" for job in jobs.values() for step in job["steps"])


def test_dependabot_looks_where_versions_stand():
    for update in yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())["updates"]:
        for folder in update.get("directories", [update.get("directory")]):
            here = ROOT / folder.lstrip("/")
            assert {
                "maven": here / "pom.xml",
                "pip": here / "requirements.txt",
                "github-actions": here / ".github/workflows",
            }[update["package-ecosystem"]].exists(), folder


def test_no_package_registry_is_named_anywhere():
    files = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            found = REGISTRY.search((ROOT / name).read_text(errors="ignore"))
            assert not found, f"{name} names {found.group()}"
