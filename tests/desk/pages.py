"""Texts and pages that editors paste, and the two steps of the intake."""

from __future__ import annotations

from typing import Any

DESK = "/admin/desk/"
TEXT = (
    "FAIRHAVEN, Ohio — Mayor Denise Okafor on Tuesday asked the City Council to freeze "
    "most rent increases for two years, setting up a fight with landlords.\n\n"
    "“We have waited long enough for the Legislature to act,” Okafor told the council. "
    "A first hearing on the measure is scheduled for the fourth day of March."
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Mayor asks for rent freeze | Fairhaven Gazette</title>
<meta property="og:title" content="Mayor asks for rent freeze">
<meta property="og:site_name" content="Fairhaven Gazette">
<meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2024-12-12T10:00:00-05:00">
<link rel="canonical" href="https://gazette.example.com/2024/12/12/rent-freeze">
<script>alert("text of a script")</script><style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Mayor asks for rent freeze</h1><p>By Jane Doe</p>
<p>Mayor Denise <a href="/okafor">Okafor</a> on Tuesday asked the <b>City Council</b>
to freeze most rent increases for two years, setting up a fight with landlords.</p>
<p>“Nobody should have to leave the city they were born in,” Okafor told the council.
"We have waited," she said, <q>for the Legislature long enough.</q></p>
<h2>What the plan holds</h2>
<p>The plan was published on Tuesday evening. It calls on the council to:</p>
<ul><li>Cap annual rent increases at 3&nbsp;percent in buildings with four units.</li>
<li>Create a $12 million fund for repairs in older buildings, paid for by a fee.</li>
</ul><script>document.write("more of a script")</script>
<blockquote><p>‘Three percent is what they gave us last time,’ Herrera said.</p>
</blockquote><p>She left early.</p>
<p>A first hearing is scheduled for March 4. The council, which has nine members, needs
five votes to pass the plan and six to override a veto that nobody expects.</p>
<aside><h3>Related</h3><ul><li><a href="/a">An old story about rent</a></li></ul>
</aside></article><footer><p>All rights reserved. Terms apply to all users of this
site, and to everybody who reads it.</p></footer></body></html>"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><o:Author>Bob</o:Author></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:"";} --></style></head><body>
<p class=MsoNormal><b>Mayor asks for
rent freeze<o:p></o:p></b></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><span style='mso-bidi-font-size:11pt'>Mayor Denise Okafor on
Tuesday asked the City Council to freeze most rent increases for two years.</span>
<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Cap increases.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Create a fund.</p>
<p class=MsoNormal>&#8220;We have waited,&#8221; she said.</p></body></html>"""
MENU = "".join(f'<li><a href="/{each}">Section {each}</a></li>' for each in range(60))
NAVIGATION = f"<html><body><nav><ul>{MENU}</ul></nav><a href=x>More</a></body></html>"


def read(client: Any, pasted: str = TEXT, **fields: Any) -> Any:
    """Sends the first form."""
    return client.post(DESK, {"pasted": pasted, **fields})


def filled_in(page: Any, **typed: Any) -> dict[str, Any]:
    """The second form as it is shown, with what is typed; None clears a field."""
    form = page.context["form"]
    sent = {each.html_name: each.value() for each in form}
    sent["accepted"] = [entry.article.uid for entry, _may in page.context["known"]]
    sent |= typed
    return {name: each for name, each in sent.items() if each not in (None, False)}


def start(client: Any, page: Any, **typed: Any) -> Any:
    """Sends the second form."""
    return client.post(DESK, {**filled_in(page, **typed), "start": "Start"})
