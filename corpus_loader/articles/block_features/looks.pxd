cimport cython

from corpus_loader.articles.block_features.elements cimport Elements

@cython.locals(
    n=Py_ssize_t, tags=Py_ssize_t, found="Py_ssize_t[::1]", numbers=dict, i=Py_ssize_t, own=Py_ssize_t,
    start=Py_ssize_t, pair=Py_ssize_t,
)
cpdef Py_ssize_t[::1] looks(Elements elements)

@cython.locals(n=Py_ssize_t, whole=double, held="double[::1]", count="double[::1]", i=Py_ssize_t)
cpdef int fill_alike(
    const Py_ssize_t[::1] look, const double[::1] prose, float[:, :] rows, Py_ssize_t row
) except -1
