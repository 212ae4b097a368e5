//! Results that come in pages.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::endpoint::Paged;
use super::error::CallError;
use super::request_error::RequestError;
use super::transport::Boxed;

/// The pages of a request: `Client::pages`. A [`Stream`], and without any other crate a loop over
/// [`next_page`](Pages::next_page).
///
/// The last page ends it, and so does an error.
pub struct Pages<E: Paged> {
    /// Sends a request.
    send: Box<dyn Fn(E) -> Call<E> + Send>,
    /// The request for the next page.
    request: Option<E>,
    /// The call for it, once that has begun.
    call: Option<Call<E>>,
}

pub(super) type Call<E> = Boxed<'static, (E, Page<E>)>;
type Page<E> = Result<<E as super::endpoint::Endpoint>::Response, Failed<E>>;
type Failed<E> = CallError<<E as super::endpoint::Endpoint>::Failure>;

impl<E: Paged> Pages<E> {
    pub(super) fn new(request: E, send: impl Fn(E) -> Call<E> + Send + 'static) -> Self {
        Self {
            send: Box::new(send),
            request: Some(request),
            call: None,
        }
    }

    /// The next page; nothing after the last one.
    ///
    /// # Errors
    ///
    /// See [`CallError`]. If the API names the page again that it just gave, that is
    /// [`RequestError::SamePage`].
    pub async fn next_page(&mut self) -> Option<Page<E>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<E>>> {
        if self.call.is_none() {
            let Some(request) = self.request.take() else {
                return Poll::Ready(None);
            };
            self.call = Some((self.send)(request));
        }
        let Some(call) = &mut self.call else {
            return Poll::Ready(None);
        };
        let (request, page) = ready!(call.as_mut().poll(context));
        self.call = None;
        let page = page.and_then(|page| match request.next(&page) {
            Some(next) if next == request => Err(RequestError::SamePage.into()),
            next => {
                self.request = next;
                Ok(page)
            }
        });
        Poll::Ready(Some(page))
    }
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Page<E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<E>>> {
        self.get_mut().poll_page(context)
    }
}

// The call is on the heap, and nothing else is ever polled in its place.
impl<E: Paged> Unpin for Pages<E> {}

/// The results of a request, over all its pages: `Client::items`. A [`Stream`], and without any other crate a loop over
/// [`next_item`](Items::next_item).
pub struct Items<E: Paged> {
    pages: Pages<E>,
    left: VecDeque<E::Item>,
}

impl<E: Paged> Items<E> {
    pub(super) fn new(pages: Pages<E>) -> Self {
        Self {
            pages,
            left: VecDeque::new(),
        }
    }

    /// The next result; nothing after the last one. A page is asked for when the one before is used up.
    ///
    /// # Errors
    ///
    /// As [`Pages::next_page`].
    pub async fn next_item(&mut self) -> Option<Result<E::Item, Failed<E>>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Item, Failed<E>>>> {
        loop {
            if let Some(item) = self.left.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.left = E::items(page).into(),
            }
        }
    }
}

impl<E: Paged> Stream for Items<E> {
    type Item = Result<E::Item, Failed<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<E: Paged> Unpin for Items<E> {}

impl<E: Paged> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<E: Paged> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
