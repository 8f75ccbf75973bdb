/**
 * Jupyter's protocol, where IJava's base lacks something: {@code Connection} has channels that no
 * message can end, {@code Wire} reads and writes messages, {@code Requests} knows what each must
 * hold, and the replies are ipykernel's.
 */
package org.lossbook.kernel.protocol;
