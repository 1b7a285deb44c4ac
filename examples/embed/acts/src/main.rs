//! selvedge in acts: acts runs a model's steps and keeps them in its embedded store; the range that a step runs over, the
//! parameters of its acts and the branch that is taken come from expressions.
//!
//! acts is one of the two orchestrators here because it has what selvedge takes the place of: each `if:`, and each `${{ … }}` of
//! a parameter, is JavaScript in a QuickJS that is made for it and thrown away. A workflow's expressions are found to be wrong when a
//! process gets to them; here they are checked with types before the model is deployed. It also brings what an embedded
//! orchestrator needs: a store on files, packages that a host adds, and acts that are made at run time.
//!
//! With `--measure` it times its own conditions against selvedge's instead.

mod decide;
mod measure;
mod packages;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use acts::{Engine as Acts, Principal, Vars, Workflow};
use acts_store::SledStore;
use selvedge::Engine;
use tokio::sync::mpsc;

use crate::decide::Decider;

const MODEL: &str = include_str!("model.yaml");

/// A model in which a name is misspelled.
const MISSPELLED: &str = "
id: misspelled
vars: [{name: total, value: 0}]
steps: [{id: decide, uses: selvedge.choose, params: [{if: totl > 0, uses: app.report}]}]
";

/// Runs a model to its end on a store in a directory, and gives what it leaves.
async fn run(text: &str, directory: &str) -> Result<Vars, Box<dyn Error>> {
    let model = Workflow::from_yml(text)?;
    let decider = Decider::new(&Engine::default(), &model)?;
    packages::DEPLOYED.set(decider).map_err(|_| "one model is deployed")?;

    let acts = Acts::builder()
        .set_store(Arc::new(SledStore::open(directory)?))
        .add_package::<packages::ForeachPackage>()
        .add_package::<packages::ChoosePackage>()
        .add_package::<packages::ParamsPackage>()
        .add_package::<packages::LoadPackage>()
        .add_package::<packages::ReportPackage>()
        .add_package::<measure::MeasurePackage>()
        .start()
        .await?;
    let (ended, mut end) = mpsc::unbounded_channel();
    let failed = ended.clone();
    let channel = acts.channel();
    channel.on_complete(move |event| {
        let _ = ended.send(Ok(event.outputs.clone()));
        async {}
    });
    channel.on_error(move |event| {
        let _ = failed.send(Err(event.outputs.to_string()));
        async {}
    });
    let executor = acts.executor(&Principal::unrestricted());
    executor.model().deploy(&model, None).await?;
    executor.proc().start(&model.id, Vars::new()).await?;
    let outputs = tokio::time::timeout(Duration::from_secs(120), end.recv()).await?;
    acts.close().await;
    Ok(outputs.ok_or("acts ended without a word")??)
}

/// What another process finds in the store: the models that were deployed.
async fn stored(directory: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let acts = Acts::builder()
        .set_store(Arc::new(SledStore::open(directory)?))
        .start()
        .await?;
    let models = acts
        .executor(&Principal::unrestricted())
        .model()
        .list(&acts::query::Query::new())
        .await?;
    acts.close().await;
    Ok(models.rows.into_iter().map(|model| model.id).collect())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().to_str().ok_or("a directory whose name is a text")?;
    if std::env::args().any(|argument| argument == "--measure") {
        run(measure::MODEL, path).await?;
        return Ok(());
    }

    let refused = Decider::new(&Engine::default(), &Workflow::from_yml(MISSPELLED)?).err();
    let refused = refused.ok_or("a misspelled name was deployed")?.to_string();
    println!("{refused}");
    assert!(refused.contains("did you mean `total`?"), "{refused}");

    let outputs = run(MODEL, path).await?;
    println!("{outputs}");
    assert_eq!(outputs.get::<Vec<i64>>("rows"), Some(vec![1000, 200, 200, 0, 1000]));
    assert_eq!(
        outputs.get::<String>("outcome").as_deref(),
        Some("2400 rows of clicks but 1 empty")
    );
    assert_eq!(stored(path).await?, ["backfill"]);
    Ok(())
}
