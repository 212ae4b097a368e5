//! Both clients against a server: what really goes over the wire.

mod bodies;
mod failures;
mod heads;
mod production;
mod replies;
mod server;

use http::{Request, Response};
use letterpress_client::{Body, CallError, Client, Endpoint, SendError, Settings, blocking};

use crate::probe::{BASE, Probe, get};

/// Either client, with one way to call it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Async,
    Blocking,
}

const BOTH: [Kind; 2] = [Kind::Async, Kind::Blocking];

impl Kind {
    fn call<E: Endpoint>(
        self,
        settings: Settings,
        endpoint: &E,
    ) -> Result<E::Response, CallError<E::Failure>> {
        match self {
            Kind::Async => runtime().block_on(async_client(settings).call(endpoint)),
            Kind::Blocking => blocking_client(settings).call(endpoint),
        }
    }

    fn send(
        self,
        settings: Settings,
        request: Request<Body>,
    ) -> Result<Response<bytes::Bytes>, SendError> {
        match self {
            Kind::Async => runtime().block_on(async_client(settings).send(request)),
            Kind::Blocking => blocking_client(settings).send(request),
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn async_client(settings: Settings) -> Client {
    Client::with_http(reqwest::Client::builder().no_proxy(), settings).unwrap()
}

fn blocking_client(settings: Settings) -> blocking::Client {
    blocking::Client::with_http(reqwest::Client::builder().no_proxy(), settings).unwrap()
}

#[test]
fn clients_set_themselves_up() {
    let settings = || Settings::new().base_url(BASE, "http://localhost");
    let client = Client::new(settings()).unwrap();
    assert!(client.settings().request(&get()).is_ok());
    let client = blocking::Client::new(settings()).unwrap();
    assert!(client.settings().request(&get()).is_ok());
}

/// Calls can run on any thread: this compiles.
#[test]
fn calls_are_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let client = async_client(Settings::new());
    let request: Probe = get();
    drop(send(client.call(&request)));
}
