//! Prints the ARN format of every resource type.
//!
//! `cargo run -p bedrock-iam --example arn_formats`

use bedrock_iam::bedrock::{ResourceType, SNAPSHOT};

fn main() {
    println!("{SNAPSHOT}");
    for resource_type in ResourceType::ALL {
        // `None` for a resource type that only an action names
        let format = resource_type.arn_format().unwrap_or("-");
        println!("{:<40} {format}", resource_type.to_string());
    }
}
