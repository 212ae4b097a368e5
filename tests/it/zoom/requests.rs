//! One of each request of `zoom-client`: required inputs have the values of the collection, and where
//! a second one follows it has every optional input too. A new request is added by hand.

use zoom_client::runtime::File;
use zoom_client::{
    chat, cloud_recordings, groups, meetings, oauth, phone, reports, roles, tracking_fields, users,
    webinars,
};

use super::{Sample, body, sample};

/// All of them, in the order of the modules.
pub(super) fn all() -> Vec<Sample> {
    let groups = [
        of_chat(),
        of_cloud_recordings(),
        of_groups(),
        of_meetings(),
        of_oauth(),
        of_phone(),
        of_reports(),
        of_roles(),
        of_tracking_fields(),
        of_users(),
        of_webinars(),
    ];
    groups.into_iter().flatten().collect()
}

fn of_chat() -> Vec<Sample> {
    vec![
        sample(&chat::channels::create_channel::Request {
            user_id: "user_id".to_owned(),
            body: body("Chat / Channels / Create a channel"),
        }),
        sample(&chat::channels::delete_channel::Request {
            user_id: "user_id".to_owned(),
            channel_id: "channel_id".to_owned(),
        }),
        sample(&chat::channels::list_channels::Request {
            user_id: "user_id".to_owned(),
            options: chat::channels::list_channels::Options::default(),
        }),
        sample(&chat::channels::list_members::Request {
            user_id: "user_id".to_owned(),
            channel_id: "channel_id".to_owned(),
            options: chat::channels::list_members::Options::default(),
        }),
        sample(&chat::messages::delete_message::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            message_id: "20260721-0800-4f3a-6e2baaf3b97d".to_owned(),
            options: chat::messages::delete_message::Options::default(),
        }),
        sample(&chat::messages::list_messages::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: chat::messages::list_messages::Options::default(),
        }),
        sample(&chat::messages::list_messages::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: chat::messages::list_messages::Options {
                to_contact: Some("to_contact é".to_owned()),
                to_channel: Some("to_channel é".to_owned()),
                date: Some("date é".to_owned()),
                from: Some("from é".to_owned()),
                to: Some("to é".to_owned()),
                page_size: Some(30),
                next_page_token: Some("next_page_token é".to_owned()),
                include_deleted_and_edited_message: Some(true),
                search_type: Some(chat::messages::list_messages::SearchType::from("x")),
            },
        }),
        sample(&chat::messages::send_chat_file::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            files: vec![File::bytes("picture.png", "PNG")],
            options: chat::messages::send_chat_file::Options::default(),
        }),
        sample(&chat::messages::send_message::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Chat / Messages / Send a message"),
        }),
        sample(&chat::messages::update_message::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            message_id: "20260721-0800-4f3a-6e2baaf3b97d".to_owned(),
            body: body("Chat / Messages / Update a message"),
        }),
    ]
}

fn of_cloud_recordings() -> Vec<Sample> {
    vec![
        sample(&cloud_recordings::delete_meeting_recordings::Request {
            meeting_id: "85746065432".to_owned(),
            options: cloud_recordings::delete_meeting_recordings::Options::default(),
        }),
        sample(&cloud_recordings::download_recording_file::Request {
            download_key: "c403BuwPofmynXArM6jBPQ".to_owned(),
            options: cloud_recordings::download_recording_file::Options::default(),
        }),
        sample(&cloud_recordings::get_meeting_recordings::Request {
            meeting_id: "85746065432".to_owned(),
            options: cloud_recordings::get_meeting_recordings::Options::default(),
        }),
        sample(&cloud_recordings::list_all_recordings::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: cloud_recordings::list_all_recordings::Options::default(),
        }),
        sample(&cloud_recordings::list_all_recordings::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: cloud_recordings::list_all_recordings::Options {
                page_size: Some(30),
                next_page_token: Some("next_page_token é".to_owned()),
                mc: Some(true),
                trash: Some(true),
                from: Some("from é".to_owned()),
                to: Some("to é".to_owned()),
                trash_type: Some(cloud_recordings::list_all_recordings::TrashType::from("x")),
                meeting_id: Some("meeting_id é".to_owned()),
            },
        }),
        sample(&cloud_recordings::meeting_recording_settings_get::Request {
            meeting_id: "85746065432".to_owned(),
        }),
        sample(
            &cloud_recordings::meeting_recording_settings_patch::Request {
                meeting_id: "85746065432".to_owned(),
                body: body("Cloud recordings / Meeting recording settings"),
            },
        ),
        sample(&cloud_recordings::recover_meeting_recordings::Request {
            meeting_uuid: "a8yfdYCbHHyKT7yOmsy1wA==".to_owned(),
            body: body("Cloud recordings / Recover meeting recordings"),
        }),
    ]
}

fn of_groups() -> Vec<Sample> {
    vec![
        sample(&groups::create_group::Request {
            body: body("Groups / Create a group"),
        }),
        sample(&groups::delete_group::Request {
            group_id: "2w9vN-vrbqCUiRJDRa8qRQ".to_owned(),
        }),
        sample(&groups::list_groups::Request::default()),
        sample(&groups::update_group::Request {
            group_id: "2w9vN-vrbqCUiRJDRa8qRQ".to_owned(),
            body: body("Groups / Update a group"),
        }),
        sample(&groups::members::add_members::Request {
            group_id: "2w9vN-vrbqCUiRJDRa8qRQ".to_owned(),
            body: body("Groups / Members / Add members"),
        }),
        sample(&groups::members::list_members::Request {
            group_id: "2w9vN-vrbqCUiRJDRa8qRQ".to_owned(),
            options: groups::members::list_members::Options::default(),
        }),
        sample(&groups::members::remove_member::Request {
            group_id: "2w9vN-vrbqCUiRJDRa8qRQ".to_owned(),
            member_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
        }),
    ]
}

#[expect(clippy::too_many_lines, reason = "it is a list")]
fn of_meetings() -> Vec<Sample> {
    vec![
        sample(&meetings::create_meeting::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Meetings / Create a meeting"),
        }),
        sample(&meetings::delete_meeting::Request {
            meeting_id: 85_746_065_432,
            options: meetings::delete_meeting::Options::default(),
        }),
        sample(&meetings::get_live_stream_details::Request {
            meeting_id: 85_746_065_432,
        }),
        sample(&meetings::get_meeting::Request {
            meeting_id: 85_746_065_432,
            options: meetings::get_meeting::Options::default(),
        }),
        sample(&meetings::get_meeting_invitation::Request {
            meeting_id: 85_746_065_432,
        }),
        sample(&meetings::list_meetings::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: meetings::list_meetings::Options::default(),
        }),
        sample(&meetings::list_meetings::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: meetings::list_meetings::Options {
                type_: Some(meetings::list_meetings::Type::from("x")),
                page_size: Some(30),
                next_page_token: Some("next_page_token é".to_owned()),
                page_number: Some(30),
            },
        }),
        sample(&meetings::update_live_stream::Request {
            meeting_id: 68_423_085,
            stream_url: "aute ".to_owned(),
            stream_key: "officia".to_owned(),
            page_url: "https://IBrRnEbZoeJwPd.ixq+PqOQQZC-z42EWi".to_owned(),
        }),
        sample(&meetings::update_live_stream_status::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Update live stream status"),
        }),
        sample(&meetings::update_meeting::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Update a meeting"),
            options: meetings::update_meeting::Options::default(),
        }),
        sample(&meetings::update_meeting_status::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Update meeting status"),
        }),
        sample(&meetings::use_in_meeting_controls::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Use in-meeting controls"),
        }),
        sample(
            &meetings::past_meetings::get_past_meeting_details::Request {
                meeting_id: "nbYmafhWJaS+XnqdjNSM8A==".to_owned(),
            },
        ),
        sample(
            &meetings::past_meetings::get_past_meeting_participants::Request {
                meeting_id: "nbYmafhWJaS+XnqdjNSM8A==".to_owned(),
                options: meetings::past_meetings::get_past_meeting_participants::Options::default(),
            },
        ),
        sample(&meetings::polls::create_meeting_poll::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Polls / Create a meeting poll"),
        }),
        sample(&meetings::polls::delete_meeting_poll::Request {
            meeting_id: 85_746_065_432,
            poll_id: "sPbftC-oDK7mglv-zTDwlA".to_owned(),
        }),
        sample(&meetings::polls::get_meeting_poll::Request {
            meeting_id: 85_746_065_432,
            poll_id: "sPbftC-oDK7mglv-zTDwlA".to_owned(),
        }),
        sample(&meetings::polls::update_meeting_poll::Request {
            meeting_id: 85_746_065_432,
            poll_id: "sPbftC-oDK7mglv-zTDwlA".to_owned(),
            body: body("Meetings / Polls / Update a meeting poll"),
        }),
        sample(&meetings::registrants::add_meeting_registrant::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Registrants / Add a meeting registrant"),
            options: meetings::registrants::add_meeting_registrant::Options::default(),
        }),
        sample(&meetings::registrants::list_meeting_registrants::Request {
            meeting_id: 85_746_065_432,
            options: meetings::registrants::list_meeting_registrants::Options::default(),
        }),
        sample(&meetings::registrants::list_meeting_registrants::Request {
            meeting_id: 85_746_065_432,
            options: meetings::registrants::list_meeting_registrants::Options {
                occurrence_id: Some("occurrence_id é".to_owned()),
                status: Some(meetings::registrants::list_meeting_registrants::Status::from("x")),
                page_size: Some(30),
                next_page_token: Some("next_page_token é".to_owned()),
                page_number: Some(30),
            },
        }),
        sample(&meetings::registrants::update_registrant_status::Request {
            meeting_id: 85_746_065_432,
            body: body("Meetings / Registrants / Update registrant's status"),
            options: meetings::registrants::update_registrant_status::Options::default(),
        }),
    ]
}

fn of_oauth() -> Vec<Sample> {
    vec![
        sample(&oauth::request_access_token::Request {
            grant_type: "account_credentials".to_owned(),
            account_id: "account_id".to_owned(),
        }),
        sample(&oauth::revoke_access_token::Request {
            token: "token".to_owned(),
        }),
    ]
}

fn of_phone() -> Vec<Sample> {
    vec![
        sample(&phone::get_user_call_logs::Request {
            phone_user_id: "phone_user_id".to_owned(),
            options: phone::get_user_call_logs::Options::default(),
        }),
        sample(&phone::get_user_call_logs::Request {
            phone_user_id: "phone_user_id".to_owned(),
            options: phone::get_user_call_logs::Options {
                page_size: Some(30),
                from: Some("from é".to_owned()),
                to: Some("to é".to_owned()),
                type_: Some(phone::get_user_call_logs::Type::from("x")),
                next_page_token: Some("next_page_token é".to_owned()),
                phone_number: Some("phone_number é".to_owned()),
                time_type: Some(phone::get_user_call_logs::TimeType::from("x")),
            },
        }),
        sample(&phone::get_user_profile::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
        }),
        sample(&phone::get_user_recordings::Request {
            phone_user_id: "phone_user_id".to_owned(),
            options: phone::get_user_recordings::Options::default(),
        }),
        sample(&phone::list_phone_users::Request::default()),
    ]
}

fn of_reports() -> Vec<Sample> {
    vec![
        sample(&reports::get_active_inactive_host_reports::Request {
            from: "2026-07-01".to_owned(),
            to: "2026-07-31".to_owned(),
            options: reports::get_active_inactive_host_reports::Options::default(),
        }),
        sample(&reports::get_daily_usage_report::Request::default()),
        sample(&reports::get_meeting_detail_reports::Request {
            meeting_id: "nbYmafhWJaS+XnqdjNSM8A==".to_owned(),
        }),
        sample(&reports::get_meeting_participant_reports::Request {
            meeting_id: "nbYmafhWJaS+XnqdjNSM8A==".to_owned(),
            options: reports::get_meeting_participant_reports::Options::default(),
        }),
        sample(&reports::get_operation_logs_report::Request {
            from: "2026-07-01".to_owned(),
            to: "2026-07-31".to_owned(),
            options: reports::get_operation_logs_report::Options::default(),
        }),
        sample(&reports::get_telephone_reports::Request {
            from: "2026-07-01".to_owned(),
            to: "2026-07-31".to_owned(),
            options: reports::get_telephone_reports::Options::default(),
        }),
    ]
}

fn of_roles() -> Vec<Sample> {
    vec![
        sample(&roles::assign_role::Request {
            role_id: "KafpZGe2mp9akzMuKemw3g".to_owned(),
            body: body("Roles / Assign a role"),
        }),
        sample(&roles::list_roles::Request::default()),
    ]
}

fn of_tracking_fields() -> Vec<Sample> {
    vec![
        sample(&tracking_fields::create_tracking_field::Request {
            body: body("Tracking fields / Create a tracking field"),
        }),
        sample(&tracking_fields::list_tracking_fields::Request::default()),
    ]
}

fn of_users() -> Vec<Sample> {
    vec![
        sample(&users::create_user::Request {
            body: body("Users / Create a user"),
        }),
        sample(&users::delete_user::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: users::delete_user::Options::default(),
        }),
        sample(&users::delete_user::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: users::delete_user::Options {
                action: Some(users::delete_user::Action::from("x")),
                transfer_email: Some("transfer_email é".to_owned()),
                transfer_meeting: Some("transfer_meeting é".to_owned()),
                transfer_webinar: Some("transfer_webinar é".to_owned()),
                transfer_recording: Some("transfer_recording é".to_owned()),
            },
        }),
        sample(&users::get_user::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: users::get_user::Options::default(),
        }),
        sample(&users::get_user_settings::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: users::get_user_settings::Options::default(),
        }),
        sample(&users::get_user_token::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: users::get_user_token::Options::default(),
        }),
        sample(&users::list_users::Request::default()),
        sample(&users::list_users::Request {
            options: users::list_users::Options {
                status: Some(users::list_users::Status::from("x")),
                page_size: Some(30),
                role_id: Some("role_id é".to_owned()),
                page_number: Some(30),
                include_fields: vec![
                    users::list_users::IncludeFields::from("custom_attributes"),
                    users::list_users::IncludeFields::from("new"),
                ],
                next_page_token: Some("next_page_token é".to_owned()),
            },
        }),
        sample(&users::update_user::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Users / Update a user"),
            options: users::update_user::Options::default(),
        }),
        sample(&users::update_user_password::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Users / Update a user's password"),
        }),
        sample(&users::update_user_status::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Users / Update user status"),
        }),
        sample(&users::profile::download_user_profile_picture::Request {
            picture_key: "HNPGkxMvTDG1teX0xe7WvQ".to_owned(),
            picture_id: "7Qljam6iSikkYIZq_deomg".to_owned(),
            options: users::profile::download_user_profile_picture::Options::default(),
        }),
        sample(&users::profile::update_user_email::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Users / Profile / Update a user's email"),
        }),
        sample(&users::profile::upload_user_profile_picture::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            pic_file: File::bytes("picture.png", "PNG"),
        }),
    ]
}

fn of_webinars() -> Vec<Sample> {
    vec![
        sample(&webinars::create_webinar::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            body: body("Webinars / Create a webinar"),
        }),
        sample(&webinars::delete_webinar::Request {
            webinar_id: 93_847_561_028,
            options: webinars::delete_webinar::Options::default(),
        }),
        sample(&webinars::get_webinar::Request {
            webinar_id: 93_847_561_028,
            options: webinars::get_webinar::Options::default(),
        }),
        sample(&webinars::list_webinars::Request {
            user_id: "Z7PbqLxneBAYkut3JJ2zLg".to_owned(),
            options: webinars::list_webinars::Options::default(),
        }),
        sample(&webinars::update_webinar::Request {
            webinar_id: 93_847_561_028,
            body: body("Webinars / Update a webinar"),
            options: webinars::update_webinar::Options::default(),
        }),
        sample(&webinars::update_webinar_status::Request {
            webinar_id: 93_847_561_028,
            body: body("Webinars / Update webinar status"),
        }),
        sample(&webinars::attendance::get_webinar_absentees::Request {
            webinar_uuid: "YtfVGEt6MT3GQlW9uBh4Rw==".to_owned(),
            options: webinars::attendance::get_webinar_absentees::Options::default(),
        }),
        sample(&webinars::attendance::list_panelists::Request {
            webinar_id: 93_847_561_028,
        }),
        sample(&webinars::attendance::list_webinar_registrants::Request {
            webinar_id: 93_847_561_028,
            options: webinars::attendance::list_webinar_registrants::Options::default(),
        }),
    ]
}
