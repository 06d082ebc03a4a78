use bedrock_iam::bedrock::Action;
use bedrock_iam::Statement;

fn main() {
    let _ = Statement::allow(Action::InvokeModel);
}
