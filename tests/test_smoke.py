from tests.factories import *
from archive.ingest import load_seed
from archive import indexing, search
from django.test import Client
import time
def test_x(reindex, django_assert_max_num_queries):
    load_seed()
    print(indexing.refresh(), "refreshed")
    print(reindex(), indexing.behind())
    c=Client()
    for a in ["/statements/","/statements/?q=mayor","/statements/?q=lande","/statements/?q=landre","/proposals/","/proposals/?stance=discusses&speaker=tom-homan","/positions/","/speakers/","/articles/?q=border+czar","/statements/?stance=discusses&basis=own_words","/statements/?since=2024-12-12"]:
        with django_assert_max_num_queries(30) as q:
            t=time.process_time(); r=c.get(a); t=time.process_time()-t
        f=r.context["found"]
        print(a, r.status_code, len(q), f.answer and (f.answer.total, f.answer.suggestion, f.answer.undated, f.answer.counts))
