"""Every kind of record of the API that has a permanent identifier."""

from archive.data.articles import ARTICLES
from policies.api import LISTS, POSITIONS, PROPOSALS
from statements.api import SPEAKERS, STATEMENTS

RESOURCES = {
    resource.name: resource
    for resource in (STATEMENTS, PROPOSALS, LISTS, POSITIONS, SPEAKERS, ARTICLES)
}
