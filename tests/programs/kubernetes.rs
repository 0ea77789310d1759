//! Kubernetes: the pods of a namespace, and what becomes of them.

use envoi_runtime::InMemory;

use crate::clients::kubernetes::{Client, models};
use crate::reply;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The ports that pods are asked at whether they live.
async fn ports(client: &Client) -> Result<Vec<String>> {
    let list = client.core_v1().list_namespaced_pod("default").await?;
    let containers = list
        .items
        .into_iter()
        .filter_map(|pod| pod.spec)
        .flat_map(|spec| spec.containers);
    let probes = containers.filter_map(|container| container.liveness_probe?.http_get);
    Ok(probes.map(|get| get.port.to_string()).collect())
}

/// What happens to pods, as it happens.
async fn watch(client: &Client, mut happened: impl FnMut(String)) -> Result<()> {
    let watch = client
        .core_v1()
        .list_namespaced_pod("default")
        .watch(true)
        .resource_version("10245");
    let mut events = watch
        .send_streaming()
        .await?
        .json_lines::<models::IoK8sApimachineryPkgApisMetaV1WatchEvent>()?;
    while let Some(event) = events.next().await {
        let event = event?;
        happened(format!("{} {}", event.r#type, event.object["metadata"]["name"]));
    }
    Ok(())
}

fn server() -> InMemory {
    InMemory::new(|request| {
        let pod = |name: &str, port: &str| {
            format!(
                r#"{{"metadata":{{"name":"{name}","creationTimestamp":null,"labels":null}},
                    "spec":{{"containers":[{{"name":"web","livenessProbe":{{"httpGet":{{"path":"/","port":{port}}}}}}}]}}}}"#
            )
        };
        match request.uri().query() {
            None => {
                let pods = [pod("a", "8080"), pod("b", "\"http\"")].join(",");
                reply(
                    "application/json",
                    format!(
                        r#"{{"kind":"PodList","apiVersion":"v1","metadata":{{"resourceVersion":"10245"}},"items":[{pods}]}}"#
                    ),
                )
            }
            Some("resourceVersion=10245&watch=true" | "watch=true&resourceVersion=10245") => reply(
                "application/json",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"c\"}}}\n\
                 {\"type\":\"DELETED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}}\n",
            ),
            other => panic!("{other:?}"),
        }
    })
}

fn client(server: InMemory) -> Client {
    let client = Client::builder().bearer_token("Bearer 0123456789").transport(server);
    client.build().expect("a client")
}

#[tokio::test]
async fn pods_and_what_becomes_of_them() {
    let client = client(server());
    assert_eq!(ports(&client).await.expect("pods"), ["8080", "http"]);
    let mut all = Vec::new();
    watch(&client, |event| all.push(event)).await.expect("events");
    assert_eq!(all, ["ADDED \"c\"", "DELETED \"a\""]);
}

/// Go writes an empty slice as `null`.
#[tokio::test]
async fn a_namespace_without_pods() {
    let server = InMemory::new(|_| reply("application/json", r#"{"kind":"PodList","metadata":{},"items":null}"#));
    assert_eq!(ports(&client(server)).await.expect("no pods"), [""; 0]);
}
