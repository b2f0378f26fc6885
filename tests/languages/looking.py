"""A browser that visits a page as somebody, and says what is wrong with it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient

from tests.languages.visits import Visit

NARROWEST = 320
TO_THE_SIDE = """() => {
  const most = document.documentElement.clientWidth, page = document.scrollingElement.scrollWidth;
  if (page <= most) return "";
  const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
  const wide = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return (box.right > most + 1 || box.left < -1) && box.width && !inside(e); });
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + [...e.classList].map((c) => "." + c).join("");
  return `${page} px wide: ` + wide.slice(0, 5).map(name).join(" ");
}"""


class Looker:
    """One window that can be anybody; each look returns the complaints, and none is good."""

    def __init__(self, chromium: Any, base: str, width: int) -> None:
        self.base = base
        self.width = width
        self.context = chromium.new_context(base_url=base, viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.axe = Axe()
        self.somebody: FlaskClient | None = None
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def close(self) -> None:
        """Away with it."""
        self.context.close()

    def at(self, visit: Visit, locale: str) -> list[str]:
        """Go there as that person; complains when it does not open or the browser objects to something."""
        if visit.client is not self.somebody:
            self._become(visit.client)
        self.page.set_viewport_size({"width": self.width, "height": 900})
        self.said.clear()
        answer = self.page.goto(visit.address.replace("/en/", f"/{locale}/", 1), wait_until="load")
        assert answer is not None
        wrong = [] if answer.status == 200 else [f"answers {answer.status}"]
        return [*wrong, *(f"browser: {words}" for words in self.said)]

    def _become(self, client: FlaskClient) -> None:
        self.context.clear_cookies()
        kept = client._cookies.values()  # type: ignore[attr-defined]  # a test client shows its cookies nowhere else
        self.context.add_cookies([
            {"name": one.decoded_key, "value": one.decoded_value, "url": self.base} for one in kept
        ])  # fmt: skip
        self.somebody = client

    def accessible(self) -> list[str]:
        """What axe finds."""
        found = self.axe.run(self.page).response["violations"]
        return [f"axe {one['id']}: {self._nodes(one)}" for one in found]

    @staticmethod
    def _nodes(violation: dict[str, Any]) -> str:
        nodes = [f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3]]
        return f"{violation['help']}; {len(violation['nodes'])} times: " + " | ".join(nodes)

    def fits(self, width: int = NARROWEST) -> list[str]:
        """Whether the page stays inside a narrow screen."""
        self.page.set_viewport_size({"width": width, "height": 900})
        wide = self.page.evaluate(TO_THE_SIDE)
        return [f"scrolls sideways at {width}: {wide}"] if wide else []
