import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";
import gossip from "@eventstore/db-client/generated/gossip_pb.js";
import type { sendUnaryData } from "@grpc/grpc-js";
import { uuid } from "./messages.ts";

/** A node as the others know it. */
export interface Member {
  readonly port: number;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
}

/** Gossip.Read: who is in the cluster, and who leads. */
export function serveGossip(members: readonly Member[], answer: sendUnaryData<ClusterInfo>): void {
  const info = new gossip.ClusterInfo();
  info.setMembersList(members.map(memberInfo));
  answer(null, info);
}

function memberInfo({ port, isLeader, isAlive }: Member) {
  const { VNodeState } = gossip.MemberInfo;
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress("127.0.0.1");
  endPoint.setPort(port);
  const info = new gossip.MemberInfo();
  info.setInstanceId(uuid(`00000000-0000-4000-8000-${String(port).padStart(12, "0")}`));
  info.setTimeStamp("0");
  info.setState(isLeader ? VNodeState.LEADER : VNodeState.FOLLOWER);
  info.setIsAlive(isAlive);
  info.setHttpEndPoint(endPoint);
  return info;
}
