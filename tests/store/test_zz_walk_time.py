import sys, time
sys.path.insert(0,'/work/main/tests/store'); sys.path.insert(0,'/work/main/tests')
import pytest
from collections import Counter
import test_restricted as tr
pytest_plugins=[]
def test_time(workspace, ann, another_user, opened_by):
    world=tr.World(ann); bea=opened_by(another_user)
    with workspace.work("Given") as done:
        done.work.put(*world.open)
        for digest,data in tr.FILES.items(): tr.contents.keep(done.work,digest,tr.contents.packed(data))
    seq,people=workspace.head()[0],[ann.id,another_user.id]
    with workspace.work("R") as done: done.work.put(*world.hidden)
    args=tr.Arguments(world,seq,people); spent=Counter(); n=Counter(); end=time.time()+100
    for name,f in tr.queries().items():
        s=time.thread_time()
        for call in args.of(name,f):
            with bea.reading() as r: tr.answer(f,r,call)
            n[name]+=1
            if time.time()>end: break
        spent[name]+=time.thread_time()-s
    open('/tmp/recstore/walk.txt','w').write('\n'.join(f'{v:.2f} {n[k]} {k}' for k,v in spent.most_common(25))+f'\n{sum(spent.values())} {sum(n.values())}')
