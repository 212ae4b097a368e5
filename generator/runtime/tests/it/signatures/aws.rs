//! AWS Signature Version 4.

use letterpress_client::{AwsKeys, Body};

use super::{Call, at, check, form};

fn aws() -> AwsKeys {
    AwsKeys::new("AKID", "sek/ret")
}

#[test]
fn aws_signs_headers() {
    let at = at(1_577_836_800, "");
    check(
        &at.clone().aws(aws()),
        &Call::<10> {
            headers: &[("x-own", "a   b"), ("accept", "text/csv")],
            ..Call::new("https://x.example.com:8443/p//q/./r/../s%20t/?b=2&a=x%20y&e")
        },
        &[
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20200101/us-east-1/execute-api/aws4_request, SignedHeaders=accept;host;x-amz-date;x-own, Signature=3a7c96f76d0b4292981935c5f33d6c2988a6f09a0c510a541b426be7c97af65a",
            ),
            ("x-amz-date", "20200101T000000Z"),
        ],
    );
    check(
        &at.clone().aws(aws().session_token("tok")),
        &Call::<11> {
            body: Body::text("application/json", "{}"),
            ..Call::new("https://iam.example.com/")
        },
        &[
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20200101/eu-central-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=41c2609c7c894c098e9acd2667915034fe7f3358b227e0cf63e190bd7ebe97d5",
            ),
            (
                "x-amz-content-sha256",
                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            ),
            ("x-amz-security-token", "tok"),
            ("x-amz-date", "20200101T000000Z"),
        ],
    );
}

#[test]
fn aws_signs_bodies() {
    let at = at(1_577_836_800, "");
    check(
        &at.clone().aws(aws()),
        &Call::<11> {
            body: form(&[("Action", "ListUsers"), ("Version", "2010")]),
            ..Call::new("https://iam.example.com/")
        },
        &[
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20200101/eu-central-1/iam/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=6c1f6611437f148fcbc1fa8903eec3077c93ba492e627869302f885b95fed990",
            ),
            (
                "x-amz-content-sha256",
                "d1ccf22b269751b01c74af63408e8a0c47fa1965ce8e034063d3042b8a5808e5",
            ),
            ("x-amz-date", "20200101T000000Z"),
        ],
    );
    check(
        &at.clone().aws(aws().service("iam").region("eu-central-1")),
        &Call::<12>::new("https://iam.example.com/"),
        &[(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20200101/eu-central-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=6a5fdc27acd76a997474f266924cbbe05f9be4ceb57500cec2a9be219083e612",
        )],
    );
}

#[test]
fn aws_signs_queries() {
    let at = at(1_577_836_800, "");
    check(
        &at.clone().aws(aws().session_token("t/k")),
        &Call::<13>::new("https://iam.example.com/?Action=ListUsers"),
        &[(
            "url",
            "https://iam.example.com/?Action=ListUsers&X-Amz-Security-Token=t%2Fk&X-Amz-Date=20200101T000000Z&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20200101%2Feu-central-1%2Fiam%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=5d059d22ebede0bde98508f25408c2d9fa686eac2b78caf46d0be8824034ebe3",
        )],
    );
    check(
        &at.clone().aws(aws()),
        &Call::<14>::new("https://b.s3.example.com/key"),
        &[(
            "url",
            "https://b.s3.example.com/key?X-Amz-Expires=86400&X-Amz-Date=20200101T000000Z&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20200101%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=820ab3cfcc4a889a55b352e01c5ffd4ba0356718986e53f17970179f9e990a3a",
        )],
    );
}
