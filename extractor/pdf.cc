/* SPDX-License-Identifier: MIT */
#include "pdf.h"

#include <exception>
#include <memory>
#include <new>

#include "watcher.h"

namespace
{

/* Ends the page early when it is too full to go on. */
bool shouldStop(void *arg)
{
    return static_cast<Watcher *>(arg)->isCut();
}

void ignoreMessage(ErrorCategory, Goffset, const char *)
{
}

enum pdf_ending walk(struct pdf_walk *w, struct canvas *canvas)
{
    PDFDoc doc(new MemStream(w->data, 0, static_cast<Goffset>(w->len),
                             Object(objNull)));
    if (!doc.isOk())
        return doc.getErrorCode() == errEncrypted ? PDF_ENCRYPTED : PDF_DAMAGED;
    int n = doc.getNumPages();
    w->n_pages = n > 0 ? static_cast<unsigned>(n) : 0;
    if (n <= 0)
        return PDF_NO_PAGES;
    if (w->n_pages > w->max_pages)
        return PDF_TOO_MANY_PAGES;
    Watcher watcher(canvas);
    for (int i = 1; i <= n; i++) {
        struct pdf_page page = {};
        if (!doc.getPage(i))
            continue;
        doc.displayPage(&watcher, i, 72, 72, 0, false, true, false, shouldStop,
                        &watcher);
        watcher.finish(&page);
        page.number = static_cast<unsigned>(i);
        if (!w->on_page(w->arg, &page))
            return PDF_STOPPED;
    }
    return PDF_DONE;
}

} // namespace

void pdf_prepare(void (*on_no_memory)(void))
{
    std::set_new_handler(on_no_memory);
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(ignoreMessage);
}

const char *pdf_version(void)
{
    return POPPLER_VERSION;
}

enum pdf_ending pdf_walk_pages(struct pdf_walk *w)
{
    struct canvas *canvas = canvas_new();

    if (!canvas)
        return PDF_NO_MEMORY;
    enum pdf_ending ending;
    try {
        ending = walk(w, canvas);
    } catch (const std::bad_alloc &) {
        ending = PDF_NO_MEMORY;
    } catch (const std::exception &) {
        /* Poppler's containers refuse what a damaged file asks of them. */
        ending = PDF_DAMAGED;
    }
    canvas_free(canvas);
    return ending;
}
