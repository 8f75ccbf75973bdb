package org.lossbook.kernel.protocol;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * A client within the kernel's own process, which asks over the network as Jupyter does.
 *
 * @hidden
 */
@Internal
public final class LocalClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket requests = context.socket(SocketType.DEALER);
  private final ZMQ.Socket published = context.socket(SocketType.SUB);
  private final Signatures signatures;
  private int asked;

  public LocalClient(KernelConnectionProperties to) throws GeneralSecurityException {
    signatures = new Signatures(to);
    requests.setReceiveTimeOut(PATIENCE_MILLIS);
    requests.setLinger(0); // close() never waits for a kernel that does not answer
    requests.connect(Messages.of("tcp://%s:%d", to.getIp(), to.getShellPort()));
    published.subscribe(ZMQ.SUBSCRIPTION_ALL);
    published.connect(Messages.of("tcp://%s:%d", to.getIp(), to.getIopubPort()));
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @return whether there was one
   */
  public boolean ask(String type, JsonObject content) {
    String id = "local-" + ++asked;
    var header = new JsonObject();
    header.addProperty("msg_id", id);
    header.addProperty("msg_type", type);
    header.addProperty("session", "local");
    header.addProperty("username", "local");
    header.addProperty("version", "5.3");
    List<byte[]> parts =
        List.of(bytes(header.toString()), bytes("{}"), bytes("{}"), bytes(content.toString()));
    requests.sendMore(bytes("<IDS|MSG>"));
    requests.sendMore(bytes(signatures.of(parts)));
    parts.subList(0, 3).forEach(requests::sendMore);
    requests.send(parts.get(3));
    while (true) {
      List<byte[]> reply = Wire.receive(requests);
      if (reply.isEmpty()) {
        return false;
      }
      String parent = reply.size() > 3 ? new String(reply.get(3), StandardCharsets.UTF_8) : "";
      if (parent.contains('"' + id + '"')) {
        return true;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    requests.close();
    published.close();
    context.term();
  }
}
