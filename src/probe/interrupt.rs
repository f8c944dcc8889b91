//! Ctrl-C: the first ends the asking, so that the report can still be written; any other ends the program.

use super::options::Cancel;
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

/// The asking that the next Ctrl-C ends, if one is under way.
static ASKING: Mutex<Option<Cancel>> = Mutex::new(None);

/// A signal that comes so soon after another is the same: the terminal sends it, and so does a program that started this
/// one (`timeout`, a task runner).
const SAME: Duration = Duration::from_millis(500);

/// Listens as long as it lives.
#[derive(Debug)]
pub struct Listening;

/// The exit code of programs that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Lets the next Ctrl-C end this asking. Where no handler can be had, Ctrl-C ends the program as ever.
pub fn listen(cancel: &Cancel) -> Listening {
    // A handler, once set, stays for good, so a thread of its own waits for signals from then on, asking or not.
    static THREAD: Once = Once::new();
    THREAD.call_once(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let (ready, is_ready) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            if let Ok(runtime) = runtime {
                runtime.block_on(heed(ready));
            }
        });
        // Without this a quick Ctrl-C could come before there is a handler.
        let _ = is_ready.recv();
    });
    *ASKING.lock().unwrap_or_else(PoisonError::into_inner) = Some(cancel.clone());
    Listening
}

async fn heed(ready: std::sync::mpsc::Sender<()>) {
    let mut heeded: Option<Instant> = None;
    loop {
        let signal = tokio::signal::ctrl_c();
        tokio::pin!(signal);
        // The first look at it sets the handler.
        let at_once = std::future::poll_fn(|context| std::task::Poll::Ready(signal.as_mut().poll(context))).await;
        let _ = ready.send(());
        let came = match at_once {
            std::task::Poll::Ready(came) => came,
            std::task::Poll::Pending => signal.await,
        };
        if came.is_err() {
            return;
        }
        match ASKING.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(asking) => {
                asking.cancel();
                heeded = Some(Instant::now());
            }
            None if heeded.is_some_and(|heeded| heeded.elapsed() < SAME) => {}
            None => end(),
        }
    }
}

#[allow(clippy::exit, reason = "whoever presses Ctrl-C while nothing is being asked wants the program to end")]
fn end() {
    std::process::exit(INTERRUPTED);
}

impl Drop for Listening {
    fn drop(&mut self) {
        ASKING.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
