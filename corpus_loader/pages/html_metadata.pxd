cimport cython

cdef frozenset _RELATIONS, _NOT_READ, _HEAD
cdef dict _READERS
cdef int _DEPTH

@cython.locals(tag=str, begin=Py_ssize_t, raw=str, before=Py_ssize_t, at=Py_ssize_t, name=str, value=str, line=str, found=list)
cpdef tuple read_metadata(notes, str text, blocks)

@cython.locals(names=list, values=list)
cdef list _read_itemprop(dict stated, str line)

cdef _read_things(thing, list found)

cdef _gather(str name, value, int depth, list found)
