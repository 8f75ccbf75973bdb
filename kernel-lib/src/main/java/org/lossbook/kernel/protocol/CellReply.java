package org.lossbook.kernel.protocol;

import com.google.gson.annotations.SerializedName;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellFailure;

/**
 * The reply to a cell as ipykernel's: the base's has no payload, and no values of expressions that
 * a notebook could read.
 *
 * @hidden
 */
@Internal
@SuppressWarnings("unused") // the fields are read by the JSON writer
public final class CellReply implements ContentType<ExecuteReply> {
  private final String status;

  @SerializedName("execution_count")
  private final int count;

  @SerializedName("user_expressions")
  private final Map<String, Object> expressions;

  private final List<Map<String, Object>> payload;

  @SerializedName("ename")
  private final String name;

  @SerializedName("evalue")
  private final String text;

  private final List<String> traceback;

  private CellReply(
      int count,
      CellFailure failure,
      Map<String, Object> expressions,
      List<Map<String, Object>> payload) {
    this.status = failure == null ? "ok" : "error";
    this.count = count;
    this.expressions = expressions;
    this.payload = payload;
    this.name = failure == null ? null : failure.name();
    this.text = failure == null ? null : failure.text();
    this.traceback = failure == null ? null : failure.lines();
  }

  /**
   * The reply to a cell that ran.
   *
   * @param count the number of the last cell that history has
   * @param expressions the values of the request's expressions
   */
  public static CellReply ok(int count, Map<String, Object> expressions) {
    return new CellReply(count, null, expressions, List.of());
  }

  public static CellReply failed(int count, CellFailure failure) {
    return new CellReply(count, failure, Map.of(), List.of());
  }

  /** The reply to a cell that ends the kernel. */
  public static CellReply leaving(int count) {
    return new CellReply(
        count, null, Map.of(), List.of(Map.of("source", "ask_exit", "keepkernel", false)));
  }

  /** The value of an expression. */
  public static Object value(DisplayData data) {
    return new Value(data);
  }

  /** An expression that has no value. */
  public static Object failure(CellFailure failure) {
    return Map.of(
        "status", "error",
        "ename", failure.name(),
        "evalue", failure.text(),
        "traceback", failure.lines());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public Message<?> to(MessageContext request) {
    return new Message(request, getType(), this);
  }

  @Override
  public MessageType<ExecuteReply> getType() {
    return MessageType.EXECUTE_REPLY;
  }

  private static final class Value extends DisplayData {
    private final String status = "ok";

    Value(DisplayData data) {
      super(data);
    }
  }
}
