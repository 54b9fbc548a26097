cimport cython

from corpus_loader.pages cimport html_tags, html_tokens

cdef int _OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSES, _HIDES
cdef Py_ssize_t _DEEPEST

cdef class _Cutter:
    cdef readonly list parents, names, starts, lines, notes
    cdef list _depths, _pieces
    cdef set _strays
    cdef Py_ssize_t _inner, _link, _veil, _element, _linked
    cdef bint _pre
    cdef str _source
    cdef html_tokens.Tags _tags

    @cython.locals(tags=html_tokens.Tags)
    cpdef read(self, str source)
    @cython.locals(kind=int)
    cdef _take(self, html_tags.Tag tag)
    @cython.locals(tags=html_tokens.Tags)
    cdef _note(self)
    @cython.locals(names=list, parents=list, depths=list, around=Py_ssize_t, element=Py_ssize_t, stopped=bint)
    cdef _open(self, html_tags.Tag tag, str raw)
    @cython.locals(inner=Py_ssize_t)
    cdef _close_innermost(self, html_tags.Tag tag)
    @cython.locals(name=str, names=list, strays=set, element=Py_ssize_t, inner=str)
    cdef _close(self, html_tags.Tag tag)
    @cython.locals(element=Py_ssize_t, name=str)
    cdef bint _close_before(self, html_tags.Tag tag) except -1
    cdef _settle(self)
    @cython.locals(tags=html_tokens.Tags, tag=html_tags.Tag, inside=dict, name=str, count=Py_ssize_t)
    cdef _pass_over(self, str hider)
    @cython.locals(element=Py_ssize_t)
    cdef bint _is_within(self, str name) except -1
    cdef bint _is_around(self, Py_ssize_t outer, Py_ssize_t inner) except -1
    @cython.locals(start=Py_ssize_t, end=Py_ssize_t, text=str, lines=list, line=str)
    cdef _add_text(self)
    cdef _add(self, str text)
    cdef Py_ssize_t _around(self, Py_ssize_t one, Py_ssize_t other) except -1
    @cython.locals(line=str)
    cdef _end_line(self)

cdef str _squeezed(str line)
