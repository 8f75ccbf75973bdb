/**
 * Callbacks, which observe and control a run of fit, one a file. They see a run only as an
 * interface; {@code training.fit} calls them. A new callback is a file here and a factory in {@code
 * Lossbook}.
 */
package org.lossbook.callback;
