"""What the site would have sent to providers: the worker writes it where it runs."""

import re
import time

LINK = re.compile(r"/answer/\?link=\S+")
REFERENCE = re.compile(r"reference is (\S{4}-\S{4})")
PATIENCE = 180


class Post:
    def __init__(self, file):
        self.file = file

    def said(self):
        return self.file.read_text(errors="replace")

    def mails(self, to, about=""):
        """Those with a link, in the order in which they were sent. `about`: the reference of a referral."""
        letters = [part for part in self.said().split("\nTo: ")[1:] if part.startswith(to)]
        return [letter for letter in letters if LINK.search(letter) and about in letter]

    def codes(self):
        return re.findall(r"Text to \+44\d+: (\d{6}) ", self.said())

    def once(self, ask):
        """What comes by post is there when the worker has been round."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            if found := ask():
                return found
            time.sleep(0.1)
        raise AssertionError("Nothing came by post.")

    def open(self, mail, page, look=lambda: None):
        """Open a referral by the link of a mail, with the code that is sent for it."""
        before = len(self.codes())
        page.goto(LINK.search(mail)[0])
        look()
        page.get_by_role("button", name="Text me a code").click()
        look()
        page.get_by_label("Code").fill(self.once(lambda: self.codes()[before:])[-1])
        page.get_by_role("button", name="Open the request").click()
        page.get_by_role("heading", name="What they want you to know").wait_for()
        look()
