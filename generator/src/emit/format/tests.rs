//! What a file looks like.

use quote::quote;

use super::*;

#[test]
fn items_and_members_stand_apart() {
    let tokens = quote! {
        //! A file.
        #![allow(dead_code)]
        use crate::runtime as rt;
        pub use crate::types::Recurrence;
        pub mod meetings;
        mod users;
        /// A request.
        #[derive(Clone, Debug)]
        pub struct Request {
            /// The id.
            pub id: i64,
            pub plain: i64,
            pub other: Vec<String>,
            /// The topic.
            pub topic: String,
        }
        pub enum Failure {
            /// First.
            A,
            /// Second.
            ///
            /// With more.
            B(Other),
            C,
        }
        impl rt::Endpoint for Request {
            type Response = ();
            type Failure = Failure;
            const METHOD: &'static str = "GET";
            const SCOPES: &'static [&'static str] = &["meeting:read:list_meetings", "meeting:read:list_meetings:admin"];
            const ERROR_CODES: &'static [rt::ErrorCode] = &[
                rt::ErrorCode::new(400, "3161", "Your user account is not allowed to host or schedule meetings."),
                rt::ErrorCode::new(404, "1001", "No."),
            ];
            #[inline]
            fn path(&self, path: &mut rt::Path) { path.text("/a"); path.value("b", &self.b); }
            /// 204: Done.
            #[inline]
            fn decode(reply: rt::Reply) -> Result<(), rt::CallError<Failure>> {
                match reply.status().as_u16() {
                    204 => Ok(()),
                    300.. if reply.has_code("300") => Err(reply.failure(Failure::A)),
                    _ => Err(reply.undocumented()),
                }
            }
        }
        #[deprecated(note = "it is `users` now")]
        pub mod people { pub use crate::users::*; }
    };
    insta::assert_snapshot!(format(tokens).expect("Rust"));
}

#[test]
fn tables_are_filled() {
    let tokens = quote! {
        rt::record! { Short { id, type_ = "type", topic } }
        rt::record! { Empty { } }
        rt::record! { Meeting { uuid, id, host_id, topic, type_ = "type", start_time, duration, timezone, agenda, created_at, ..extra } }
        rt::open_enum! { ListType { Scheduled = "scheduled", Live = "live", UpcomingMeetings = "upcoming_meetings", Comma = "a, b" } }
        rt::choice! { MeetingId { Number: number, Text: string } }
    };
    insta::assert_snapshot!(format(tokens).expect("Rust"), @r#"
    rt::record! { Short { id, type_ = "type", topic } }

    rt::record! { Empty {} }

    rt::record! {
        Meeting {
            uuid, id, host_id, topic, type_ = "type", start_time, duration, timezone, agenda,
            created_at, ..extra
        }
    }

    rt::open_enum! {
        ListType {
            Scheduled = "scheduled",
            Live = "live",
            UpcomingMeetings = "upcoming_meetings",
            Comma = "a, b",
        }
    }

    rt::choice! { MeetingId { Number: number, Text: string } }
    "#);
    assert!(format(quote! { struct }).is_err());
}
