//! A service that evaluates what its callers send, on axum: `POST /evaluate` with `{"source": …, "parameters": {…}}`. What a
//! caller can use up is bounded: the text by the engine's limits, time and memory by its budgets, threads by the evaluator; and
//! a caller that hangs up stops its evaluation.

use std::error::Error;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use selvedge::{Engine, Inputs, Limits, Schema};
use selvedge_async::Evaluator;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone)]
struct Service {
    engine: Engine,
    evaluator: Evaluator,
}

#[derive(Deserialize)]
struct Request {
    source: String,
    #[serde(default)]
    parameters: serde_json::Map<String, Value>,
}

async fn evaluate(State(service): State<Service>, Json(request): Json<Request>) -> (StatusCode, Json<Value>) {
    let refused = |status, error: String| (status, Json(json!({ "error": error })));
    let parameters = match Inputs::from_serialize(&request.parameters) {
        Ok(parameters) => parameters,
        Err(error) => return refused(StatusCode::BAD_REQUEST, error.to_string()),
    };
    // Compiling is bounded by the source's length; the engine keeps what it has compiled.
    let schema = Schema::infer_from(parameters.as_map());
    let program = match service.engine.compile(&request.source, &schema) {
        Ok(program) => program,
        Err(error) => return refused(StatusCode::BAD_REQUEST, error.to_string()),
    };
    match service.evaluator.evaluate(&program, parameters).await {
        Ok(Ok(outcome)) => (StatusCode::OK, Json(json!(outcome))),
        Ok(Err(error)) => refused(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        Err(_) => refused(StatusCode::SERVICE_UNAVAILABLE, "shutting down".to_owned()),
    }
}

/// What a request gives: its status and its body.
async fn ask(address: std::net::SocketAddr, body: &Value) -> Result<(String, Value), Box<dyn Error>> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).await?;
    let head = format!(
        "POST /evaluate HTTP/1.1\r\nhost: selvedge\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("an answer has a head")?;
    let status = head.split(' ').nth(1).unwrap_or_default().to_owned();
    Ok((status, serde_json::from_str(body)?))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = Service {
        engine: Engine::builder().limits(Limits::default().steps(100_000)).build(),
        evaluator: Evaluator::new(8),
    };
    let router = Router::new().route("/evaluate", post(evaluate)).with_state(service);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let served = tokio::spawn(async move { axum::serve(listener, router).await });

    let value = json!({"source": "price * quantity > 100.0", "parameters": {"price": 12.5, "quantity": 9}});
    let (status, answer) = ask(address, &value).await?;
    assert_eq!((status.as_str(), &answer["value"]), ("200", &json!(true)));

    let (status, answer) = ask(address, &json!({"source": "price *", "parameters": {"price": 1}})).await?;
    assert_eq!(status, "400");
    println!("{}", answer["error"]);

    let (status, answer) = ask(address, &json!({"source": "while (true) { }"})).await?;
    assert_eq!(status, "422");
    println!("{}", answer["error"]);

    served.abort();
    Ok(())
}
