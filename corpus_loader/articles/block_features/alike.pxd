cimport cython

from corpus_loader.articles.block_features.keys cimport longer_key, number_keys

cdef double _BODY
cdef Py_ssize_t _PRINTED, _LIKELY, _IN_BODY, _IN_HEADLINE
cdef Py_ssize_t _SIZE, _STOPPED, _FIRST, _DIGITS, _LETTER_END, _COMMAS, _HEADLINE

@cython.locals(
    begin=Py_ssize_t, line=Py_ssize_t, place=Py_ssize_t, word=Py_ssize_t, is_body=bint, is_headline=bint,
)
cdef void _tell(
    const Py_ssize_t[::1] numbers, const Py_ssize_t[::1] ends, const float[:] first, const float[:, :] text,
    double[:, ::1] told,
)

@cython.locals(
    begin=Py_ssize_t, line=Py_ssize_t, place=Py_ssize_t, word=Py_ssize_t, shared=Py_ssize_t, in_body=Py_ssize_t,
    only_body=Py_ssize_t, no_body=Py_ssize_t, in_headline=Py_ssize_t, count=Py_ssize_t, is_body=bint,
    likely=double, company=double, weights=double, others=double, body_others=double,
)
cdef void _fill_company(
    const Py_ssize_t[::1] numbers, const Py_ssize_t[::1] ends, const float[:] first, const double[:, ::1] told,
    float[:, :] rows, Py_ssize_t row,
)

@cython.locals(line=Py_ssize_t, key="long long")
cdef void _write_shapes(const float[:, :] text, long long[::1] keys)

@cython.locals(n=Py_ssize_t, line=Py_ssize_t, printed=double, others=double)
cdef void _fill_shapes(
    const Py_ssize_t[::1] numbers, const float[:] first, double[:, ::1] told, float[:, :] rows, Py_ssize_t row,
)
