cimport cython

cdef int _OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSING, _HIDES, _STANDS

cdef class Tag:
    cdef readonly int kind
    cdef readonly str name
    cdef readonly bint breaks, noted, veils, swallows
    cdef readonly frozenset closes, stops

@cython.locals(name=str, lowered=str, noted=bint, linked=bint, hidden=bint)
cpdef Tag with_attributes(Tag tag, str raw)

cdef bint _states(str name, str lowered) except -1
@cython.locals(relation=str)
cdef bint _is_related(str lowered) except -1

@cython.locals(stated=dict)
cdef bint _is_hidden(str name, str raw) except -1
