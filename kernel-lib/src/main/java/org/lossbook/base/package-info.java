/**
 * What several packages share: formatted messages, progress bars and notices in a notebook,
 * interrupted training.
 */
package org.lossbook.base;
