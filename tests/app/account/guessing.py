"""A stranger who sends forms of the entrance to a running site, from many networks at once."""

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
THREADS = 8


@dataclass
class Stranger:
    """One browser's cookies and token; requests come from whatever network is named."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def open(self, path: str, address: str = "203.0.113.1") -> int:
        """Fetch a page and keep its token."""
        status, page = self._ask("GET", path, "", address)
        self.token = TOKEN.search(page)[1]
        return status

    def send(self, path: str, address: str, **fields: str) -> int:
        body = urlencode({"csrf_token": self.token, **fields})
        return self._ask("POST", path, body, address)[0]

    def guess(self, path: str, tries: list[dict[str, str]], networks: int) -> Counter[int]:
        """Send every try, spread over networks and threads; count the answers by status."""
        addresses = [f"10.{n // 256}.{n % 256}.7" for n in range(networks)]
        with ThreadPoolExecutor(THREADS) as threads:
            return Counter(
                threads.map(
                    lambda each: self.send(path, addresses[each[0] % networks], **each[1]),
                    enumerate(tries),
                )
            )

    def look(self, paths: list[str], networks: int) -> Counter[int]:
        """Open every address, spread over networks and threads; count the answers by status."""
        with ThreadPoolExecutor(THREADS) as threads:
            return Counter(
                threads.map(
                    lambda each: self._ask("GET", each[1], "", f"10.77.{each[0] % networks}.7")[0],
                    enumerate(paths),
                )
            )

    def _ask(self, method: str, path: str, body: str, address: str) -> tuple[int, str]:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            # The first of the two is forged: only the last hop is the proxy's own word.
            "X-Forwarded-For": f"192.0.2.{hash(body) % 250}, {address}",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, page
