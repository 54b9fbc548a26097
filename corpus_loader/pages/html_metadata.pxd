cimport cython

from corpus_loader.pages cimport html_attributes

cdef frozenset _RELATIONS, _NOT_READ, _HEAD, _STATING
cdef dict _READERS
cdef int _DEPTH, _NESTED
cdef Py_ssize_t _VAIN

cdef class _Seeker:
    cdef str _raw, _value
    cdef Py_ssize_t _content, _seen, _at, _vain

    cdef int enter(self, str tag, str raw) except -1
    cdef Py_ssize_t find(self, str value) except? -1
    @cython.locals(raw=str, seen=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _find_in_content(self, str value) except? -1
    @cython.locals(raw=str, at=Py_ssize_t, walk=html_attributes.Attributes)
    cdef Py_ssize_t _find_in_attributes(self, str value) except? -1

@cython.locals(
    tag=str, begin=Py_ssize_t, raw=str, before=Py_ssize_t, at=Py_ssize_t, name=str, value=str, line=str, found=list,
    seeker=_Seeker,
)
cpdef tuple read_metadata(notes, str text, blocks)

@cython.locals(names=list, values=list)
cdef list _read_itemprop(dict stated, str line)

cdef _read_things(thing, list found, int nested=*)

cdef _gather(str name, value, int depth, list found)

cdef _gather_within(str name, value, int depth, list found)
