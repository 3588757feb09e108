import type { SupportedMethods } from "@eventstore/db-client/generated/serverfeatures_pb.js";
import features from "@eventstore/db-client/generated/serverfeatures_pb.js";
import type { sendUnaryData } from "@grpc/grpc-js";

const streams = "event_store.client.streams.streams";

/** What this fixture serves beyond what every version of the engine does. */
const served: readonly (readonly [string, string, readonly string[]])[] = [
  [streams, "batchappend", ["deadline_duration"]],
  [streams, "read", ["position"]],
];

/** ServerFeatures.GetSupportedMethods: the first call of most clients. */
export function serveFeatures(answer: sendUnaryData<SupportedMethods>): void {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion("24.10.0");
  supported.setMethodsList(
    served.map(([service, name, list]) => {
      const method = new features.SupportedMethod();
      method.setServiceName(service);
      method.setMethodName(name);
      method.setFeaturesList([...list]);
      return method;
    }),
  );
  answer(null, supported);
}
