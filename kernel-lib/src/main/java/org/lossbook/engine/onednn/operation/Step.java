package org.lossbook.engine.onednn.operation;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;
import org.lossbook.Internal;

/**
 * One step of a running plan; everything it needs was allocated before.
 *
 * @hidden
 */
@Internal
public interface Step {
  void run(dnnl_stream stream);

  /**
   * A oneDNN primitive with its arguments, called through the C interface, which creates no
   * objects.
   */
  static Step of(String what, primitive primitive, Arguments arguments) {
    int count = arguments.count();
    dnnl_exec_arg_t list = arguments.toNative();
    dnnl_primitive handle = primitive.get();
    return stream -> {
      int status = dnnl.dnnl_primitive_execute(handle, stream, count, list);
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException(
            "oneDNN could not run " + what + ": status " + status + ".");
      }
    };
  }
}
