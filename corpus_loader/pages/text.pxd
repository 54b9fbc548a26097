cimport cython

@cython.locals(
    lines=str, line=str, bare=str, start=Py_ssize_t, end=Py_ssize_t, first=Py_ssize_t, blocks=list, texts=list,
)
cpdef object cut_text(object page, str source, str encoding)
