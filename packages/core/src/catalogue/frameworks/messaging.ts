/** Rows: queues, topics and events. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const AMQP = ['M[connect].R.M[createChannel,createConfirmChannel].R', 'M[Channel,ConfirmChannel].I'];
const EMITTERS = ['I', 'M[EventEmitter].I', 'M[EventEmitter].M[EventEmitter].I', 'M[EventEmitter2].I', 'R'];
const EMITTER_PACKAGES = [
  'events',
  'node:events',
  'eventemitter2',
  'eventemitter3',
  '@nestjs/event-emitter',
  'emittery',
  'mitt',
  'tiny-emitter',
];
const REDIS = ['I', 'R', 'M[Redis,Cluster].I', 'M[createClient].R'];

/** See the file's head. */
export const MESSAGING_ROWS: readonly CatalogueRow[] = [
  { id: 'kafkajs.send', role: 'mq.publish', pkg: ['kafkajs', '@confluentinc/kafka-javascript'], recv: ['M[Kafka].I.M[producer].R', 'M[Producer].I'], call: 'M[send]', bind: { topic: 'A0.topic' } },
  { id: 'kafkajs.send-batch', role: 'mq.publish', pkg: ['kafkajs', '@confluentinc/kafka-javascript'], recv: ['M[Kafka].I.M[producer].R', 'M[Producer].I'], call: 'M[sendBatch]', bind: { topic: 'A0.topicMessages.0.topic' } },
  { id: 'kafkajs.subscribe', role: 'mq.subscribe', pkg: ['kafkajs', '@confluentinc/kafka-javascript'], recv: ['M[Kafka].I.M[consumer].R', 'M[Consumer].I'], call: 'M[subscribe]', bind: { topic: 'A0.topic|A0.topics.0' } },
  { id: 'bullmq.add', role: 'mq.publish', pkg: ['bullmq', 'bull', 'bee-queue'], recv: ['M[Queue].I', 'I', 'R'], call: 'M[add,addBulk,createJob]', bind: { topic: 'recv.A0' } },
  { id: 'bullmq.worker', role: 'mq.subscribe', pkg: ['bullmq'], recv: ['M[Worker]'], call: 'new', bind: { topic: 'A0', handlers: 'A1' } },
  { id: 'bull.process', role: 'mq.subscribe', pkg: ['bull', 'bee-queue'], recv: ['I', 'R'], call: 'M[process]', bind: { topic: 'recv.A0', handlers: 'A0..' } },
  { id: 'bullmq.flow', role: 'mq.publish', pkg: ['bullmq'], recv: ['M[FlowProducer].I'], call: 'M[add]', bind: { topic: 'A0.queueName' } },
  { id: 'nestjs.inject-queue', role: 'mq.publish', pkg: ['@nestjs/bullmq', '@nestjs/bull'], recv: ['M[InjectQueue].R'], call: 'M[add,addBulk]', bind: { topic: 'recv.A0' } },
  { id: 'nestjs.processor', role: 'mq.subscribe', kind: 'decorator', pkg: ['@nestjs/bullmq', '@nestjs/bull'], call: 'M[Processor]', bind: { topic: 'A0|A0.name' } },
  { id: 'amqplib.send', role: 'mq.publish', pkg: ['amqplib'], recv: AMQP, call: 'M[sendToQueue]', bind: { topic: 'A0' } },
  { id: 'amqplib.publish', role: 'mq.publish', pkg: ['amqplib'], recv: AMQP, call: 'M[publish]', bind: { topic: 'A1' } },
  { id: 'amqplib.consume', role: 'mq.subscribe', pkg: ['amqplib'], recv: AMQP, call: 'M[consume]', bind: { topic: 'A0', handlers: 'A1' } },
  { id: 'sns.publish', role: 'mq.publish', pkg: ['@aws-sdk/client-sns'], recv: ['M[PublishCommand,PublishBatchCommand]'], call: 'new', bind: { topic: 'A0.TopicArn' } },
  { id: 'sqs.send', role: 'mq.publish', pkg: ['@aws-sdk/client-sqs'], recv: ['M[SendMessageCommand,SendMessageBatchCommand]'], call: 'new', bind: { topic: 'A0.QueueUrl' } },
  { id: 'sqs.receive', role: 'mq.subscribe', pkg: ['@aws-sdk/client-sqs'], recv: ['M[ReceiveMessageCommand]'], call: 'new', bind: { topic: 'A0.QueueUrl' } },
  { id: 'sqs-consumer', role: 'mq.subscribe', pkg: ['sqs-consumer'], recv: ['M[Consumer]'], call: 'M[create]', bind: { topic: 'A0.queueUrl' } },
  { id: 'pubsub.publish', role: 'mq.publish', pkg: ['@google-cloud/pubsub'], recv: ['M[PubSub].I.M[topic].R'], call: 'M[publish,publishMessage,publishJSON]', bind: { topic: 'recv.A0' } },
  { id: 'pubsub.subscribe', role: 'mq.subscribe', pkg: ['@google-cloud/pubsub'], recv: ['M[PubSub].I.M[subscription].R'], call: 'M[on]', bind: { topic: 'recv.A0' } },
  { id: 'redis.publish', role: 'mq.publish', pkg: ['ioredis', 'redis'], recv: REDIS, call: 'M[publish,xadd]', bind: { topic: 'A0' } },
  { id: 'redis.subscribe', role: 'mq.subscribe', pkg: ['ioredis', 'redis'], recv: REDIS, call: 'M[subscribe,psubscribe]', bind: { topic: 'A0' } },
  { id: 'nats.publish', role: 'mq.publish', pkg: ['nats', '@nats-io/transport-node'], recv: ['M[connect].R'], call: 'M[publish,request]', bind: { topic: 'A0' } },
  { id: 'nats.subscribe', role: 'mq.subscribe', pkg: ['nats', '@nats-io/transport-node'], recv: ['M[connect].R'], call: 'M[subscribe]', bind: { topic: 'A0' } },
  { id: 'nestjs.client-proxy', role: 'mq.publish', pkg: ['@nestjs/microservices'], recv: ['M[ClientProxy,ClientKafka,ClientRMQ,ClientGrpc].I'], call: 'M[emit,send]', bind: { topic: 'A0|A0.cmd' } },
  { id: 'nestjs.pattern', role: 'mq.subscribe', kind: 'decorator', pkg: ['@nestjs/microservices'], call: 'M[MessagePattern,EventPattern]', bind: { topic: 'A0|A0.cmd' } },
  { id: 'inngest.send', role: 'mq.publish', pkg: ['inngest'], recv: ['M[Inngest].I'], call: 'M[send]', bind: { topic: 'A0.name' } },
  { id: 'inngest.function', role: 'mq.subscribe', pkg: ['inngest'], recv: ['M[Inngest].I'], call: 'M[createFunction]', bind: { topic: 'A1.event', handlers: 'A2' } },
  { id: 'trigger.task', role: 'mq.subscribe', pkg: ['@trigger.dev/sdk'], recv: ['M[task,schemaTask]', 'M[schedules].M[task]'], call: '', bind: { topic: 'A0.id', handlers: 'A0.run' } },
  { id: 'trigger.trigger', role: 'mq.publish', pkg: ['@trigger.dev/sdk'], recv: ['M[tasks]'], call: 'M[trigger,batchTrigger,triggerAndWait]', bind: { topic: 'A0' } },
  { id: 'emitter.emit', role: 'event.emit', pkg: EMITTER_PACKAGES, recv: EMITTERS, call: 'M[#emits]', when: { minArgs: 1 }, bind: { topic: 'A0' } },
  { id: 'emitter.on', role: 'event.on', pkg: EMITTER_PACKAGES, recv: EMITTERS, call: 'M[#listens]', when: { minArgs: 2 }, bind: { topic: 'A0', handlers: 'A1' } },
  { id: 'nestjs.on-event', role: 'event.on', kind: 'decorator', pkg: ['@nestjs/event-emitter'], call: 'M[OnEvent]', bind: { topic: 'A0' } },
]; // prettier-ignore
