"use strict";(()=>{var ts=Object.defineProperty;var ss=Object.getOwnPropertyDescriptor;var p=(r,s,e,t)=>{for(var n=t>1?void 0:t?ss(s,e):s,i=r.length-1,a;i>=0;i--)(a=r[i])&&(n=(t?a(s,e,n):a(n))||n);return t&&n&&ts(s,e,n),n};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var $e=globalThis,ve=$e.ShadowRoot&&($e.ShadyCSS===void 0||$e.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,je=Symbol(),rt=new WeakMap,oe=class{constructor(s,e,t){if(this._$cssResult$=!0,t!==je)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=s,this.t=e}get styleSheet(){let s=this.o,e=this.t;if(ve&&s===void 0){let t=e!==void 0&&e.length===1;t&&(s=rt.get(e)),s===void 0&&((this.o=s=new CSSStyleSheet).replaceSync(this.cssText),t&&rt.set(e,s))}return s}toString(){return this.cssText}},it=r=>new oe(typeof r=="string"?r:r+"",void 0,je),b=(r,...s)=>{let e=r.length===1?r[0]:s.reduce((t,n,i)=>t+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+r[i+1],r[0]);return new oe(e,r,je)},at=(r,s)=>{if(ve)r.adoptedStyleSheets=s.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of s){let t=document.createElement("style"),n=$e.litNonce;n!==void 0&&t.setAttribute("nonce",n),t.textContent=e.cssText,r.appendChild(t)}},Ue=ve?r=>r:r=>r instanceof CSSStyleSheet?(s=>{let e="";for(let t of s.cssRules)e+=t.cssText;return it(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:ns,defineProperty:rs,getOwnPropertyDescriptor:is,getOwnPropertyNames:as,getOwnPropertySymbols:os,getPrototypeOf:ls}=Object,ye=globalThis,ot=ye.trustedTypes,ds=ot?ot.emptyScript:"",hs=ye.reactiveElementPolyfillSupport,le=(r,s)=>r,de={toAttribute(r,s){switch(s){case Boolean:r=r?ds:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,s){let e=r;switch(s){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},be=(r,s)=>!ns(r,s),lt={attribute:!0,type:String,converter:de,reflect:!1,useDefault:!1,hasChanged:be};Symbol.metadata??=Symbol("metadata"),ye.litPropertyMetadata??=new WeakMap;var H=class extends HTMLElement{static addInitializer(s){this._$Ei(),(this.l??=[]).push(s)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(s,e=lt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(s)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(s,e),!e.noAccessor){let t=Symbol(),n=this.getPropertyDescriptor(s,t,e);n!==void 0&&rs(this.prototype,s,n)}}static getPropertyDescriptor(s,e,t){let{get:n,set:i}=is(this.prototype,s)??{get(){return this[e]},set(a){this[e]=a}};return{get:n,set(a){let d=n?.call(this);i?.call(this,a),this.requestUpdate(s,d,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(s){return this.elementProperties.get(s)??lt}static _$Ei(){if(this.hasOwnProperty(le("elementProperties")))return;let s=ls(this);s.finalize(),s.l!==void 0&&(this.l=[...s.l]),this.elementProperties=new Map(s.elementProperties)}static finalize(){if(this.hasOwnProperty(le("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(le("properties"))){let e=this.properties,t=[...as(e),...os(e)];for(let n of t)this.createProperty(n,e[n])}let s=this[Symbol.metadata];if(s!==null){let e=litPropertyMetadata.get(s);if(e!==void 0)for(let[t,n]of e)this.elementProperties.set(t,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(s){let e=[];if(Array.isArray(s)){let t=new Set(s.flat(1/0).reverse());for(let n of t)e.unshift(Ue(n))}else s!==void 0&&e.push(Ue(s));return e}static _$Eu(s,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof s=="string"?s.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(s=>this.enableUpdating=s),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(s=>s(this))}addController(s){(this._$EO??=new Set).add(s),this.renderRoot!==void 0&&this.isConnected&&s.hostConnected?.()}removeController(s){this._$EO?.delete(s)}_$E_(){let s=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(s.set(t,this[t]),delete this[t]);s.size>0&&(this._$Ep=s)}createRenderRoot(){let s=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return at(s,this.constructor.elementStyles),s}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(s=>s.hostConnected?.())}enableUpdating(s){}disconnectedCallback(){this._$EO?.forEach(s=>s.hostDisconnected?.())}attributeChangedCallback(s,e,t){this._$AK(s,t)}_$ET(s,e){let t=this.constructor.elementProperties.get(s),n=this.constructor._$Eu(s,t);if(n!==void 0&&t.reflect===!0){let i=(t.converter?.toAttribute!==void 0?t.converter:de).toAttribute(e,t.type);this._$Em=s,i==null?this.removeAttribute(n):this.setAttribute(n,i),this._$Em=null}}_$AK(s,e){let t=this.constructor,n=t._$Eh.get(s);if(n!==void 0&&this._$Em!==n){let i=t.getPropertyOptions(n),a=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:de;this._$Em=n;let d=a.fromAttribute(e,i.type);this[n]=d??this._$Ej?.get(n)??d,this._$Em=null}}requestUpdate(s,e,t,n=!1,i){if(s!==void 0){let a=this.constructor;if(n===!1&&(i=this[s]),t??=a.getPropertyOptions(s),!((t.hasChanged??be)(i,e)||t.useDefault&&t.reflect&&i===this._$Ej?.get(s)&&!this.hasAttribute(a._$Eu(s,t))))return;this.C(s,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(s,e,{useDefault:t,reflect:n,wrapped:i},a){t&&!(this._$Ej??=new Map).has(s)&&(this._$Ej.set(s,a??e??this[s]),i!==!0||a!==void 0)||(this._$AL.has(s)||(this.hasUpdated||t||(e=void 0),this._$AL.set(s,e)),n===!0&&this._$Em!==s&&(this._$Eq??=new Set).add(s))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let s=this.scheduleUpdate();return s!=null&&await s,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,i]of this._$Ep)this[n]=i;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[n,i]of t){let{wrapped:a}=i,d=this[n];a!==!0||this._$AL.has(n)||d===void 0||this.C(n,void 0,i,d)}}let s=!1,e=this._$AL;try{s=this.shouldUpdate(e),s?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw s=!1,this._$EM(),t}s&&this._$AE(e)}willUpdate(s){}_$AE(s){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(s)),this.updated(s)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(s){return!0}update(s){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(s){}firstUpdated(s){}};H.elementStyles=[],H.shadowRootOptions={mode:"open"},H[le("elementProperties")]=new Map,H[le("finalized")]=new Map,hs?.({ReactiveElement:H}),(ye.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ie=globalThis,dt=r=>r,we=Ie.trustedTypes,ht=we?we.createPolicy("lit-html",{createHTML:r=>r}):void 0,De="$lit$",j=`lit$${Math.random().toFixed(9).slice(2)}$`,Be="?"+j,cs=`<${Be}>`,F=document,ce=()=>F.createComment(""),pe=r=>r===null||typeof r!="object"&&typeof r!="function",qe=Array.isArray,gt=r=>qe(r)||typeof r?.[Symbol.iterator]=="function",ze=`[ 	
\f\r]`,he=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ct=/-->/g,pt=/>/g,W=RegExp(`>|${ze}(?:([^\\s"'>=/]+)(${ze}*=${ze}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),ut=/'/g,mt=/"/g,$t=/^(?:script|style|textarea|title)$/i,Ke=r=>(s,...e)=>({_$litType$:r,strings:s,values:e}),o=Ke(1),T=Ke(2),Is=Ke(3),P=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),ft=new WeakMap,G=F.createTreeWalker(F,129);function vt(r,s){if(!qe(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return ht!==void 0?ht.createHTML(s):s}var yt=(r,s)=>{let e=r.length-1,t=[],n,i=s===2?"<svg>":s===3?"<math>":"",a=he;for(let d=0;d<e;d++){let l=r[d],c,u,f=-1,k=0;for(;k<l.length&&(a.lastIndex=k,u=a.exec(l),u!==null);)k=a.lastIndex,a===he?u[1]==="!--"?a=ct:u[1]!==void 0?a=pt:u[2]!==void 0?($t.test(u[2])&&(n=RegExp("</"+u[2],"g")),a=W):u[3]!==void 0&&(a=W):a===W?u[0]===">"?(a=n??he,f=-1):u[1]===void 0?f=-2:(f=a.lastIndex-u[2].length,c=u[1],a=u[3]===void 0?W:u[3]==='"'?mt:ut):a===mt||a===ut?a=W:a===ct||a===pt?a=he:(a=W,n=void 0);let _=a===W&&r[d+1].startsWith("/>")?" ":"";i+=a===he?l+cs:f>=0?(t.push(c),l.slice(0,f)+De+l.slice(f)+j+_):l+j+(f===-2?d:_)}return[vt(r,i+(r[e]||"<?>")+(s===2?"</svg>":s===3?"</math>":"")),t]},ue=class r{constructor({strings:s,_$litType$:e},t){let n;this.parts=[];let i=0,a=0,d=s.length-1,l=this.parts,[c,u]=yt(s,e);if(this.el=r.createElement(c,t),G.currentNode=this.el.content,e===2||e===3){let f=this.el.content.firstChild;f.replaceWith(...f.childNodes)}for(;(n=G.nextNode())!==null&&l.length<d;){if(n.nodeType===1){if(n.hasAttributes())for(let f of n.getAttributeNames())if(f.endsWith(De)){let k=u[a++],_=n.getAttribute(f).split(j),L=/([.?@])?(.*)/.exec(k);l.push({type:1,index:i,name:L[2],strings:_,ctor:L[1]==="."?xe:L[1]==="?"?Ee:L[1]==="@"?Te:J}),n.removeAttribute(f)}else f.startsWith(j)&&(l.push({type:6,index:i}),n.removeAttribute(f));if($t.test(n.tagName)){let f=n.textContent.split(j),k=f.length-1;if(k>0){n.textContent=we?we.emptyScript:"";for(let _=0;_<k;_++)n.append(f[_],ce()),G.nextNode(),l.push({type:2,index:++i});n.append(f[k],ce())}}}else if(n.nodeType===8)if(n.data===Be)l.push({type:2,index:i});else{let f=-1;for(;(f=n.data.indexOf(j,f+1))!==-1;)l.push({type:7,index:i}),f+=j.length-1}i++}}static createElement(s,e){let t=F.createElement("template");return t.innerHTML=s,t}};function Y(r,s,e=r,t){if(s===P)return s;let n=t!==void 0?e._$Co?.[t]:e._$Cl,i=pe(s)?void 0:s._$litDirective$;return n?.constructor!==i&&(n?._$AO?.(!1),i===void 0?n=void 0:(n=new i(r),n._$AT(r,e,t)),t!==void 0?(e._$Co??=[])[t]=n:e._$Cl=n),n!==void 0&&(s=Y(r,n._$AS(r,s.values),n,t)),s}var ke=class{constructor(s,e){this._$AV=[],this._$AN=void 0,this._$AD=s,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(s){let{el:{content:e},parts:t}=this._$AD,n=(s?.creationScope??F).importNode(e,!0);G.currentNode=n;let i=G.nextNode(),a=0,d=0,l=t[0];for(;l!==void 0;){if(a===l.index){let c;l.type===2?c=new ee(i,i.nextSibling,this,s):l.type===1?c=new l.ctor(i,l.name,l.strings,this,s):l.type===6&&(c=new _e(i,this,s)),this._$AV.push(c),l=t[++d]}a!==l?.index&&(i=G.nextNode(),a++)}return G.currentNode=F,n}p(s){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(s,t,e),e+=t.strings.length-2):t._$AI(s[e])),e++}},ee=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(s,e,t,n){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=s,this._$AB=e,this._$AM=t,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let s=this._$AA.parentNode,e=this._$AM;return e!==void 0&&s?.nodeType===11&&(s=e.parentNode),s}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(s,e=this){s=Y(this,s,e),pe(s)?s===h||s==null||s===""?(this._$AH!==h&&this._$AR(),this._$AH=h):s!==this._$AH&&s!==P&&this._(s):s._$litType$!==void 0?this.$(s):s.nodeType!==void 0?this.T(s):gt(s)?this.k(s):this._(s)}O(s){return this._$AA.parentNode.insertBefore(s,this._$AB)}T(s){this._$AH!==s&&(this._$AR(),this._$AH=this.O(s))}_(s){this._$AH!==h&&pe(this._$AH)?this._$AA.nextSibling.data=s:this.T(F.createTextNode(s)),this._$AH=s}$(s){let{values:e,_$litType$:t}=s,n=typeof t=="number"?this._$AC(s):(t.el===void 0&&(t.el=ue.createElement(vt(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===n)this._$AH.p(e);else{let i=new ke(n,this),a=i.u(this.options);i.p(e),this.T(a),this._$AH=i}}_$AC(s){let e=ft.get(s.strings);return e===void 0&&ft.set(s.strings,e=new ue(s)),e}k(s){qe(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,n=0;for(let i of s)n===e.length?e.push(t=new r(this.O(ce()),this.O(ce()),this,this.options)):t=e[n],t._$AI(i),n++;n<e.length&&(this._$AR(t&&t._$AB.nextSibling,n),e.length=n)}_$AR(s=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);s!==this._$AB;){let t=dt(s).nextSibling;dt(s).remove(),s=t}}setConnected(s){this._$AM===void 0&&(this._$Cv=s,this._$AP?.(s))}},J=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(s,e,t,n,i){this.type=1,this._$AH=h,this._$AN=void 0,this.element=s,this.name=e,this._$AM=n,this.options=i,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=h}_$AI(s,e=this,t,n){let i=this.strings,a=!1;if(i===void 0)s=Y(this,s,e,0),a=!pe(s)||s!==this._$AH&&s!==P,a&&(this._$AH=s);else{let d=s,l,c;for(s=i[0],l=0;l<i.length-1;l++)c=Y(this,d[t+l],e,l),c===P&&(c=this._$AH[l]),a||=!pe(c)||c!==this._$AH[l],c===h?s=h:s!==h&&(s+=(c??"")+i[l+1]),this._$AH[l]=c}a&&!n&&this.j(s)}j(s){s===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,s??"")}},xe=class extends J{constructor(){super(...arguments),this.type=3}j(s){this.element[this.name]=s===h?void 0:s}},Ee=class extends J{constructor(){super(...arguments),this.type=4}j(s){this.element.toggleAttribute(this.name,!!s&&s!==h)}},Te=class extends J{constructor(s,e,t,n,i){super(s,e,t,n,i),this.type=5}_$AI(s,e=this){if((s=Y(this,s,e,0)??h)===P)return;let t=this._$AH,n=s===h&&t!==h||s.capture!==t.capture||s.once!==t.once||s.passive!==t.passive,i=s!==h&&(t===h||n);n&&this.element.removeEventListener(this.name,this,t),i&&this.element.addEventListener(this.name,this,s),this._$AH=s}handleEvent(s){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,s):this._$AH.handleEvent(s)}},_e=class{constructor(s,e,t){this.element=s,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(s){Y(this,s)}},bt={M:De,P:j,A:Be,C:1,L:yt,R:ke,D:gt,V:Y,I:ee,H:J,N:Ee,U:Te,B:xe,F:_e},ps=Ie.litHtmlPolyfillSupport;ps?.(ue,ee),(Ie.litHtmlVersions??=[]).push("3.3.3");var wt=(r,s,e)=>{let t=e?.renderBefore??s,n=t._$litPart$;if(n===void 0){let i=e?.renderBefore??null;t._$litPart$=n=new ee(s.insertBefore(ce(),i),i,void 0,e??{})}return n._$AI(r),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var We=globalThis,$=class extends H{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let s=super.createRenderRoot();return this.renderOptions.renderBefore??=s.firstChild,s}update(s){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(s),this._$Do=wt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return P}};$._$litElement$=!0,$.finalized=!0,We.litElementHydrateSupport?.({LitElement:$});var us=We.litElementPolyfillSupport;us?.({LitElement:$});(We.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var x=r=>(s,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,s)}):customElements.define(r,s)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ms={attribute:!0,type:String,converter:de,reflect:!1,hasChanged:be},fs=(r=ms,s,e)=>{let{kind:t,metadata:n}=e,i=globalThis.litPropertyMetadata.get(n);if(i===void 0&&globalThis.litPropertyMetadata.set(n,i=new Map),t==="setter"&&((r=Object.create(r)).wrapped=!0),i.set(e.name,r),t==="accessor"){let{name:a}=e;return{set(d){let l=s.get.call(this);s.set.call(this,d),this.requestUpdate(a,l,r,!0,d)},init(d){return d!==void 0&&this.C(a,void 0,r,d),d}}}if(t==="setter"){let{name:a}=e;return function(d){let l=this[a];s.call(this,d),this.requestUpdate(a,l,r,!0,d)}}throw Error("Unsupported decorator location: "+t)};function m(r){return(s,e)=>typeof e=="object"?fs(r,s,e):((t,n,i)=>{let a=n.hasOwnProperty(i);return n.constructor.createProperty(i,t),a?Object.getOwnPropertyDescriptor(n,i):void 0})(r,s,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function v(r){return m({...r,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var X=(r,s,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof s!="object"&&Object.defineProperty(r,s,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function te(r,s){return(e,t,n)=>{let i=a=>a.renderRoot?.querySelector(r)??null;if(s){let{get:a,set:d}=typeof t=="object"?e:n??(()=>{let l=Symbol();return{get(){return this[l]},set(c){this[l]=c}}})();return X(e,t,{get(){let l=a.call(this);return l===void 0&&(l=i(this),(l!==null||this.hasUpdated)&&d.call(this,l)),l}})}return X(e,t,{get(){return i(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var E=b`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var z=class extends ${constructor(){super(...arguments);this.run=[];this.kept=null}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return o`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
      <p><button aria-pressed=${this.kept===null?"false":"true"} @click=${()=>this.dispatchEvent(new CustomEvent("keep"))}>${this.kept===null?"Keep this place to compare":"Compare no more"} <kbd aria-hidden="true">m</kbd></button></p>
    </section>`}below(e){let t=[];for(let n=e;n.children.size>0;){let i=this.on(n)?this.run[n.run.length]:void 0,a=n.children.get(i??n.last??-1)??[...n.children.values()][0],d=[...n.children.values()].filter(l=>l!==a);t.push(...d.map(l=>o`<li><ol>${this.line(l)}${this.below(l)}</ol></li>`),this.line(a)),n=a}return t}line(e){let{length:t}=e.run,n=this.on(e)&&t===this.run.length;return o`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${n?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:"the start"}${this.isKept(e)?o` <span class="dim">(kept)</span>`:h}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,n)=>t===this.run[n])}isKept(e){return this.kept!==null&&this.kept.join()===e.run.join()}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};z.styles=[E,b`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      ol button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      ol button:hover { background: var(--hover); }
      ol button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([m({attribute:!1})],z.prototype,"walk",2),p([m({attribute:!1})],z.prototype,"run",2),p([m({attribute:!1})],z.prototype,"kept",2),z=p([x("x-branches")],z);var Ge=class{constructor(s){let{parts:e,whole:t}=JSON.parse(s),n=[],i=a=>Array.isArray(a)?a.map(i):a===null||typeof a!="object"?a:"$"in a?n[a.$]:Object.fromEntries(Object.entries(a).map(([d,l])=>[d,i(l)]));for(let a of e)n.push(i(a));this.whole=i(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.tables??this.whole.places).length}get kind(){return this.whole.tables===void 0?"system":"rule"}table(s){return this.whole.tables?.[this.typed(s)]??null}lies(s){return this.whole.lies?.[this.typed(s)]??null}typed(s){return new URLSearchParams(s.split("?")[1]).get("r")??this.whole.home}run(s){let[e,t]=s.split("?"),n=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(s?this.setting.name:"")?null:kt(n===null?this.whole.home:n,n===null?10:36)}has(s){return s.join(".")in this.whole.places}place(s){let e=this.whole.places[s.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let n=this.place(kt(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...n,...e.trace.moves]}}}},kt=(r,s)=>r?r.split(".").map(e=>parseInt(e,s)):[],xt=document.getElementById("explored"),g=xt===null?null:new Ge(xt.textContent??"");var Et={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function y(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,t])=>y(t)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([t,n])=>`${y(t)}: ${y(n)}`).join(", ")}}`;let[s,e]=Et[r.kind];return`${s}${r.items.map(y).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function me(r){return"text"in r?[r.text]:"fields"in r?r.fields.flatMap(([,s])=>me(s)):"entries"in r?r.entries.flat().flatMap(me):r.items.flatMap(me)}function R(r,s=null,e="new"){let t=(a,d)=>Ye(a.map(([l,c])=>{let u=d?.get(l)??null;return o`<span class="dim">${l.replaceAll("_"," ")}:</span> ${u===null?y(c):I(c,u,e)}`}));if(!("fields"in r)||r.fields.length===0)return s===null?y(r):I(r,s,e);let n=s!==null&&"fields"in s&&s.name===r.name?new Map(s.fields):null,i=o`${r.name}(${t(r.fields,n)})`;return s===null||n!==null?i:e==="new"?o`<ins>${i}</ins>`:o`<del>${i}</del>`}function I(r,s,e){if(s!==null&&y(r)===y(s))return o`<span class="same">${y(r)}</span>`;if(s!==null&&"fields"in r&&"fields"in s&&r.name===s.name){let t=new Map(s.fields);return o`${r.name}(${Ye(r.fields.map(([n,i])=>I(i,t.get(n)??null,e)))})`}if(s!==null&&"kind"in r&&"kind"in s&&r.kind===s.kind){let[t,n]=Et[r.kind];return o`${t}${Ye(gs(r,s,e))}${n}`}return Fe(y(r),e)}function gs(r,s,e){if("entries"in r&&"entries"in s){let n=new Map(s.entries.map(([i,a])=>[y(i),a]));return r.entries.map(([i,a])=>{let d=n.get(y(i));return d?o`${y(i)}: ${I(a,d,e)}`:Fe(`${y(i)}: ${y(a)}`,e)})}if(!("items"in r&&"items"in s))return[];if(r.kind==="tuple")return r.items.map((n,i)=>I(n,s.items[i]??null,e));let t=s.items.map(y);return r.items.map(n=>{let i=t.indexOf(y(n));return i<0?Fe(y(n),e):(t.splice(i,1),y(n))})}function Fe(r,s){return s==="new"?o`<ins>${r}</ins>`:o`<del>${r}</del>`}function Ye(r){return o`${r.map((s,e)=>o`${e>0?", ":h}${s}`)}`}var Tt={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},$s={"false here":"false","true here":"true","reached here":"reached","not reached here":"not reached","without a case here":"no case"},Je="false here, where it is not promised",_t=["false here","reached here",Je,"true here","not reached here","without a case here","about whole paths"],C=class extends ${constructor(){super(...arguments);this.profiles="";this.sought=null;this.explored=null;this.along=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(i=>[i.id,i])),t=this.wanted.toLowerCase(),n=this.place.truths.flatMap(i=>{let a=e.get(i.clause);return a===void 0?[]:[{clause:a,truth:i}]}).filter(({clause:i,truth:a})=>[i.id,i.name,i.sentence,a.here].some(d=>d.toLowerCase().includes(t))).sort((i,a)=>_t.indexOf(i.truth.here)-_t.indexOf(a.truth.here));return o`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${this.profiles||g!==null?h:this.everywhere()}
      ${n.map(({clause:i,truth:a})=>this.row(i,a))}
      ${this.profiles?o`<p class="dim">
            Of this profile alone: <code>concordant check ${this.setting.stem}</code> judges the rule, on profiles such as these: ${this.profiles}. Of others nothing is promised, so that what is false there
            need be no mistake.
          </p>`:o`<p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>`}
    </section>`}row(e,t){let n=["false here","reached here",Je].includes(t.here);return o`<div class="clause"><details data-clause=${e.id} ?open=${t.here==="false here"||[this.sought?.clause,this.along?.clause].includes(e.id)}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${Tt[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?o`<div class=${t.here==="false here"?"told":""}>${t.facts.map(i=>o`<p class="value">${i.name}: ${y(i.value)}</p>`)}</div>`:h}
        ${t.here===Je?o`<p class="dim">${this.profiles?"That is known of this rule, which does not promise it.":"Under all that may happen in this system it is not promised, so that this is no mistake."}</p>`:h}
        ${t.here==="about whole paths"?o`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.profiles?h:o`${this.search(e,n)}${this.all(e)}`}
        ${t.ways?o`<p class="dim">${t.ways}</p>`:h}
        ${e.argument?o`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:h}
        ${e.theorem?o`<p class="dim">Proved, not only explored: <code>concordant prove ${e.theorem} --explain</code> shows of what, and how.</p>`:h}
        ${e.pitfalls.length?o`<p class="dim">
              Broken by
              ${e.pitfalls.map((i,a)=>o`${a?", ":""}${g===null?o`<a href="#${i}">${i}</a>`:i}`)}
            </p>`:h}
      </div>
    </details>
    ${this.known(e)}</div>`}all(e){let t=this.place.run??[],n=this.along?.clause===e.id&&t.every((i,a)=>i===this.along.run[a])?this.along:null;return g!==null||t.length===0&&n===null?h:n===null?o`<button @click=${()=>this.send("along",e.id)}>What it says along the run</button>`:o`<table>
      <caption class="dim" role="status">What it says along the run</caption>
      <thead><tr><th scope="col">after</th><th scope="col">it is</th><th scope="col">by which move, and which facts</th></tr></thead>
      <tbody>${n.rows.map((i,a)=>o`<tr aria-current=${a===t.length?"step":h}>
          <th scope="row"><button @click=${()=>this.send("step",a)} aria-label="to the place after ${a} moves">${a}</button></th>
          <td class=${i.tone==="open"?"dim":i.tone}>${Tt[i.here]??"·"}&nbsp;${$s[i.here]??i.here}</td>
          <td>${a===0?"the start":n.moves[a-1]}${i.facts.map(d=>o`<p class="value">${d.name}: ${y(d.value)}</p>`)}</td>
        </tr>`)}</tbody>
    </table>`}everywhere(){let{explored:e}=this,t=e?.state==="running";return o`<div class="searching">
      <button @click=${()=>this.send("explore","")} ?disabled=${t}>Judge them everywhere <kbd aria-hidden="true">a</kbd></button>
      ${e===null?h:o`<span role="status">${e.says}</span>`}
      ${t?o`<button @click=${()=>this.send("stop",e.id)}>Stop</button>`:h}
    </div>`}known(e){let t=this.explored?.clauses.find(n=>n.clause===e.id);return t===void 0?h:o`<p class="everywhere ${t.tone==="open"?"dim":t.tone}">
      everywhere: ${t.says}${t.link&&t.link!==this.place.link?o` <a href="#${t.link}" aria-label="go to where ${e.name} is so">go there</a>`:h}
    </p>`}search(e,t){if(g!==null)return h;let n=this.sought?.clause===e.id?this.sought.news:null,i=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",a=this.sought!==null&&this.sought.since!==this.place.link;return o`<div class="searching">
      ${t?h:o`<button @click=${()=>this.send("seek",e.id)} ?disabled=${n?.state==="running"}>${i}</button>`}
      ${n===null?h:o`<span>${n.says}${a&&n.state!=="running"?" (from where the search began)":""}</span>`}
      ${n?.state==="running"?o`<button @click=${()=>this.send("stop",n.id)}>Stop</button>`:h}
      ${n?.link&&n.link!==this.place.link?o`<a href="#${n.link}">go there</a>`:h}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};C.styles=[E,b`
      :host { display: block; }
      .clause { border-bottom: 1px solid var(--faint); }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      code { overflow-wrap: anywhere; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .everywhere { margin: 0 0 0.3rem 1.5rem; font-size: 0.85em; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      table { border-collapse: collapse; font-size: 0.85em; width: 100%; }
      caption { text-align: left; }
      th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.5rem 0.15rem 0; border-bottom: 1px solid var(--faint); }
      td:last-child { overflow-wrap: anywhere; width: 99%; }
      th button { white-space: nowrap; padding: 0.1rem 0.5rem; }
      td p { margin: 0; }
      tr[aria-current] { background: var(--faint); }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([m({attribute:!1})],C.prototype,"setting",2),p([m({attribute:!1})],C.prototype,"place",2),p([m()],C.prototype,"profiles",2),p([m({attribute:!1})],C.prototype,"sought",2),p([m({attribute:!1})],C.prototype,"explored",2),p([m({attribute:!1})],C.prototype,"along",2),p([m()],C.prototype,"wanted",2),C=p([x("x-clauses")],C);var D=class extends ${constructor(){super(...arguments);this.names=new Map}render(){let[e,t]=[this.place.run,this.kept.run],n=vs(e,t),i=Math.max(e.length,t.length),a=n===0?"They differ from the first move on":`${n===1?"The first move is":`The first ${n} moves are`} the same`;return o`<section aria-labelledby="compared">
      <h2 id="compared">Compared with the place that is kept</h2>
      <p class="dim" role="status">${n===i?"This is that place: go elsewhere, and both runs stand here side by side.":`${a}.`}</p>
      ${n===i?h:o`${this.runs(n,i)} ${this.states()}`}
    </section>`}runs(e,t){let n=Array.from({length:t-e},(i,a)=>e+a);return o`<div class="wide" tabindex="0" role="group" aria-label="two runs side by side">
      <table>
        <thead><tr><th scope="col"></th><th scope="col">the run that is kept</th><th scope="col">this run</th></tr></thead>
        <tbody>
          ${n.map(i=>o`<tr class=${i===e?"first":""}>
              <th scope="row">${i===e?o`<span title="the first difference">◆</span> `:h}${i+1}</th>
              ${this.cell(this.kept,i)} ${this.cell(this.place,i)}
            </tr>`)}
        </tbody>
      </table>
    </div>`}cell(e,t){let n=e.trace.moves[t];return n===void 0?o`<td class="dim">${t===e.run.length?"it ends here":""}</td>`:o`<td><button @click=${()=>this.go(e.run.slice(0,t+1))}>${n.said}</button></td>`}states(){let e=new Map(this.kept.processes.map(a=>[a.who,a])),t=this.place.processes.flatMap(a=>{let d=e.get(a.who);if(d===void 0)return[];let[l,c]=[R(d.state,a.state,"old"),R(a.state,d.state,"new")];return JSON.stringify(d.state)!==JSON.stringify(a.state)||d.up!==a.up?[o`<dt>${a.who}</dt><dd class="value">${l}${d.up?"":" down"} → ${c}${a.up?"":" down"}</dd>`]:[]}),n=new Map(this.kept.truths.map(a=>[a.clause,a.here])),i=this.place.truths.filter(a=>n.get(a.clause)!==a.here).map(a=>o`<dt>${this.names.get(a.clause)??a.clause}</dt><dd>${n.get(a.clause)} → ${a.here}</dd>`);return t.length+i.length===0?o`<p class="dim">All processes stand alike at both ends, and clauses say the same.</p>`:o`<p class="dim">Where both end, there → here:</p><dl>${t} ${i}</dl>`}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};D.styles=[E,b`
      :host { display: block; }
      .wide { overflow: auto; max-height: 50vh; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: 0.1rem 0.6rem 0.1rem 0; border-bottom: 1px solid var(--faint); overflow-wrap: anywhere; }
      thead th { color: var(--dim); font-size: 0.9em; }
      th[scope="row"] { color: var(--dim); font: 12px/1.8 var(--mono); white-space: nowrap; }
      td { width: 50%; }
      .first td { border-left: 3px solid var(--unknown); padding-left: 0.5rem; }
      button { border: 0; text-align: left; padding: 0.1rem 0; background: none; }
      button:hover { background: var(--hover); }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0.3rem 0 0; }
      dt { font: 600 13px/1.5 var(--mono); overflow-wrap: anywhere; }
      dd { margin: 0; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding-left: 0.7rem; } }
    `],p([m({attribute:!1})],D.prototype,"kept",2),p([m({attribute:!1})],D.prototype,"place",2),p([m({attribute:!1})],D.prototype,"names",2),D=p([x("x-compared")],D);function vs(r,s){let e=r.findIndex((t,n)=>t!==s[n]);return e<0?r.length:e}var se=class extends ${render(){let{in_flight:s,calls:e,history:t}=this.place;return o`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${s.length===0?o`<p class="dim">nothing</p>`:h}
      <dl>
        ${s.map(n=>o`<dt>${n.source} → ${n.to}</dt>
            <dd class="value">${n.messages.map(i=>o`<div>${y(i)}</div>`)}</dd>`)}
      </dl>
      ${e.length?o`<h2>Waiting for an answer</h2>${e.map(n=>o`<p class="value">${n.user} asks ${n.at}</p>`)}`:h}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${R(t)}</p>
      </details>
    </section>`}};se.styles=[E,b`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([m({attribute:!1})],se.prototype,"place",2),se=p([x("x-flight")],se);var B=class extends ${constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),n=e.filter(l=>[l.said,...l.comes].some(c=>c.toLowerCase().includes(t))),i=n.filter(l=>!l.fault),a=n.filter(l=>l.fault),d=l=>n.indexOf(l);return o`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?o`<p>No move can be made: nothing more happens.</p>`:h}
      ${e.length>n.length?o`<p class="dim">${n.length} of ${e.length} fit the filter</p>`:h}
      ${ys(i).map(([l,c])=>o`<h3>${l}</h3><ul>${c.map(u=>this.move(u,d(u)))}</ul>`)}
      ${this.left(a.length>0)}
      <ul>${a.map(l=>this.move(l,d(l)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(l=>o`<li class="miss">${l.said} <span>${l.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:t}=this.place;return t.length===0&&!e?h:o`<h3>
      Faults
      ${t.length?o`<span class="left">${t.map(n=>o`<span>${n.what}: ${n.left??"any number"} left</span>`)}</span>`:h}
    </h3>`}move(e,t){let n=t<9?`${t+1}`:"";return o`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${n?o`<kbd aria-hidden="true">${n}</kbd>`:h}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?o`<span class="no">${e.says_no}</span>`:h}
          ${g?.has([...this.place.run,e.number])===!1?o`<span class="no">leads beyond this page</span>`:h}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:t}=e.target;t!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:t}))}};B.styles=[E,b`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
    `],p([m({attribute:!1})],B.prototype,"place",2),p([m()],B.prototype,"wanted",2),p([m({type:Boolean})],B.prototype,"near",2),B=p([x("x-moves")],B);function ys(r){let s=new Map;for(let e of r)s.set(e.whose,[...s.get(e.whose)??[],e]);return[...s]}var[ne,re,Xe,fe]=[104,40,44,14],bs={waiting:"·",running:"▶",done:"✓",failed:"✗",skipped:"–"},ws=3.4,At=13,Q=class extends ${constructor(){super(...arguments);this.moves=0}updated(){let e=this.renderRoot.querySelector(".lanes");e!==null&&(e.scrollLeft=e.scrollWidth)}render(){let{what:e,stages:t,spans:n}=this.picture;return t.length===0&&n.length===0?h:o`<section aria-labelledby="picture">
      <h2 id="picture">${e}</h2>
      ${t.length?this.graph(t):this.timeline(n)}
    </section>`}graph(e){let t=ks(e),i=Math.max(...t.map(c=>c.length))*(re+fe)+fe,a=t.length*(ne+Xe)-Xe+8,d=new Map;t.forEach((c,u)=>c.forEach((f,k)=>d.set(f.name,[4+u*(ne+Xe),(i-c.length*(re+fe))/2+k*(re+fe)+fe/2])));let l=e.map(c=>`${c.name}${c.after.length?` after ${c.after.join(" and ")}`:""}: ${c.stands}`).join("; ");return o`<div class="graph">
      <svg width=${a} height=${i} viewBox="0 0 ${a} ${i}" role="img" aria-label=${l}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${e.flatMap(c=>c.after.map(u=>xs(d.get(u),d.get(c.name))))}
        ${e.map(c=>Es(c,d.get(c.name)))}
      </svg>
    </div>`}timeline(e){let t=[...new Set(e.map(n=>n.lane))];return o`<div class="lanes">
      ${t.map(n=>o`<span class="name" aria-hidden="true">${n}</span>
          <ol class="spans" aria-label=${n} .style=${`grid-template-columns: repeat(${this.moves+1}, minmax(${ws}rem, 1fr))`}>
            ${e.filter(i=>i.lane===n).map(i=>this.span(i))}
          </ol>`)}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>start</span><span>${this.moves?`move ${this.moves}`:""}</span></span>
    </div>`}span({lane:e,first:t,last:n,holds:i}){let a=t===n?`after move ${t}`:`from move ${t} to ${n===this.moves?"now":n}`;return o`<li .style=${`grid-column: ${t+1} / ${n+2}; grid-row: 1`}>
      <button title="${i}, ${a}" aria-label="${e}: ${i}, ${a}" aria-current=${n===this.moves?"step":"false"} @click=${()=>this.go(t)}>${i}</button>
    </li>`}go(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};Q.styles=[E,b`
      :host { display: block; }
      .graph { overflow-x: auto; }
      svg { display: block; font: 12px/1 var(--mono); max-width: none; }
      rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1.5; }
      text { fill: var(--ink); text-anchor: middle; }
      .word { fill: var(--dim); }
      path { fill: none; stroke: var(--dim); stroke-width: 1.2; }
      .tip { fill: var(--dim); stroke: none; }
      .waiting rect { stroke-dasharray: 3 3; }
      .running rect { stroke: var(--accent); stroke-width: 3; fill: var(--hover); }
      .running .word { fill: var(--accent); }
      .done rect { stroke: var(--good); fill: var(--added); }
      .done .word { fill: var(--good); }
      .failed rect { stroke: var(--bad); stroke-width: 3; fill: var(--removed); }
      .failed .word { fill: var(--bad); }
      .skipped rect { stroke: var(--unknown); stroke-dasharray: 8 3; }
      .skipped .word { fill: var(--unknown); }
      ol { list-style: none; margin: 0; padding: 0; }
      .lanes { display: grid; grid-template-columns: fit-content(8rem) auto; gap: 0.2rem 0.6rem; align-items: center; overflow-x: auto; }
      .name { font: 600 13px/1.4 var(--mono); overflow-wrap: anywhere; position: sticky; left: 0; background: var(--paper); }
      .spans { display: grid; border-left: 1px solid var(--faint); border-right: 1px solid var(--faint); background: linear-gradient(var(--faint), var(--faint)) center / 100% 1px no-repeat; }
      .spans li { min-width: 0; }
      .spans button { width: 100%; font: 12px/1.5 var(--mono); padding: 0 0.2rem; border-color: var(--accent); background: var(--hover); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; border-radius: 2px; }
      .spans button[aria-current="step"] { border-width: 2px; font-weight: 600; }
      .axis { display: flex; justify-content: space-between; color: var(--dim); font: 12px/1.4 var(--mono); }
    `],p([m({attribute:!1})],Q.prototype,"picture",2),p([m({type:Number})],Q.prototype,"moves",2),Q=p([x("x-picture")],Q);function ks(r){let s=new Map,e=new Map(r.map(i=>[i.name,i])),t=(i,a=[])=>{let d=e.get(i);if(d===void 0||a.includes(i))return-1;let l=s.get(i);if(l!==void 0)return l;let c=1+Math.max(-1,...d.after.map(u=>t(u,[...a,i])));return a.length===0&&s.set(i,c),c},n=[];for(let i of r)(n[t(i.name)]??=[]).push(i);return[...n].map(i=>i??[])}function xs(r,s){if(r===void 0||s===void 0)return h;let[e,t,n,i]=[r[0]+ne,r[1]+re/2,s[0],s[1]+re/2],a=Math.max(20,(n-e)/2);return T`<path marker-end="url(#to)" d="M${e} ${t} C${e+a} ${t} ${n-a} ${i} ${n-1} ${i}"></path>`}function Es({name:r,stands:s},[e,t]){let n=r.length>At?`${r.slice(0,At-1)}…`:r;return T`<g class=${s}>
    <title>${r}: ${s}</title>
    <rect x=${e} y=${t} width=${ne} height=${re} rx="4"></rect>
    <text x=${e+ne/2} y=${t+16}>${n}</text>
    <text class="word" x=${e+ne/2} y=${t+32}>${bs[s]??""} ${s}</text>
  </g>`}var Ts=18,U=30,St=44,q=26,_s=40,As=36,Rt=7.3,M=class extends ${constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:i})=>!this.only||i.start===this.only||i.end===this.only,t=({row:i})=>this.fold&&i.mark==="inside";this.shown=this.trace.moves.flatMap((i,a)=>e(i)&&!t(i)?[a+1]:[]);let n=new Set(this.trace.moves.filter(e).flatMap(({row:i})=>[i.start,i.end]));this.lanes=this.only?this.trace.lanes.filter(i=>n.has(i)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:n}=this.trace,a=this.left+e.length*this.width+(this.labelled?this.words:0),d=St+(this.shown.length+(n.length?1.6:.8))*U,l=`Space-time diagram: ${e.length} participants, ${t.length} moves${this.shown.length<t.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return o`<svg class="heads" width=${a} height=${q} viewBox="0 0 ${a} ${q}" aria-hidden="true">
      ${e.map((c,u)=>T`<text class="head ${this.named.has(c)?"is-named":""}" x=${this.x(u)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${a} height=${d-q} viewBox="0 ${q} ${a} ${d-q}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,u)=>this.lane(c,u,d))}
      ${this.shown.map(c=>this.move(t[c-1],c,a))} ${this.folds()}
      ${n.filter(c=>!this.only||c.source===this.only||c.to===this.only).map(c=>this.waiting(c.source,c.to,c.sent,d))} ${this.loop()}
    </svg>`}get left(){return _s+(this.trace.acts===null&&this.trace.cycle===null?0:As)}get width(){return Ts+Rt*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return Rt*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){let t=this.shown.filter(n=>n<e).length;return St+t*U+(this.shown.includes(e)?U/2:0)}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},n)=>{let i=this.place(t.end);if(t.mark!=="inside"||i<0||this.only&&t.end!==this.only)return;let[a,d]=[this.x(i),this.y(n+1)];e.set(`${a} ${d}`,{x:a,y:d,count:(e.get(`${a} ${d}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:n,count:i})=>T`<g><title>${i} ${i===1?"step":"steps"} of its own</title><circle class="folded" cx=${t} cy=${n} r="7"></circle><text class="count" x=${t} y=${n+3.5}>${i}</text></g>`)}lane(e,t,n){let i=this.trace.moves.map((d,l)=>({mark:d.row.mark,who:d.row.end,y:this.y(l+1)})).filter(({who:d,mark:l})=>d===e&&(l==="down"||l==="up")),a=[...i.map(({y:d})=>d),n-8];return a.map((d,l)=>{let c=i[l-1]?.mark==="down";return T`<line class="lane ${c?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${a[l-1]??26} y2=${d}></line>`})}move(e,t,n){let i=this.y(t),a=t===this.at?"here":t>this.at?"later":"";return T`<g class=${a} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${i-U/2} width=${n} height=${U}></rect>
      <text class="number" x="30" y=${i+4}>${t}</text>
      ${t===this.trace.acts?T`<text class="acts" x="46" y=${i+4}>◆</text>`:h}
      ${this.drawn(e,t)}
      ${this.labelled?T`<text class="label" x=${this.left+this.lanes.length*this.width} y=${i+4}>${e.row.label}</text>`:h}
    </g>`}drawn(e,t){let{start:n,end:i,mark:a,sent:d,again:l}=e.row,c=this.x(this.place(i)),u=this.y(t);switch(a){case"inside":return T`<circle class="dot" cx=${c} cy=${u} r="4.5"></circle>`;case"down":return this.cross(c,u);case"up":return T`<path class="tip" d="M${c-6} ${u+5} L${c} ${u-6} L${c+6} ${u+5} z"></path>`;default:{let f=this.x(this.place(n)),k=d===null?u:this.y(d),_=a==="lost"?"is-lost":l?"again":d===null?"ask":"",L=(f+c)/2;if(a==="lost"){let nt=(k+u)/2;return T`<line class="message ${_}" x1=${f} y1=${k} x2=${L} y2=${nt}></line>${this.cross(L,nt)}`}return f===c?T`<path class="message ${_}" marker-end="url(#tip)" d="M${c} ${k} C${c+34} ${k} ${c+34} ${u} ${c+5} ${u}"></path>`:T`<line class="message ${_}" marker-end="url(#tip)" x1=${f} y1=${k} x2=${c} y2=${u}></line>`}}}waiting(e,t,n,i){let[a,d]=[this.place(e),this.place(t)];if(n===null||a<0||d<0)return h;let[l,c,u,f]=[this.x(a),this.x(d),this.y(n),i-14],[k,_]=[l+(c-l)*.8,u+(f-u)*.8],L=this.at<this.trace.moves.length?"later":"";return T`<line class="message in-flight ${L}" x1=${l} y1=${u} x2=${k} y2=${_}></line><circle class="ring ${L}" cx=${k} cy=${_} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return h;let[n,i]=[this.y(t.length-e+1),this.y(t.length)];return T`<path class="repeats" marker-end="url(#tip)" d="M14 ${i} H6 V${n} H16"><title>repeated for ever</title></path>`}cross(e,t){return T`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-q;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-U<this.scrollTop?this.scrollTop=e-U:e+2*U+q>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*U+q-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};M.styles=b`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([m({attribute:!1})],M.prototype,"trace",2),p([m({type:Number})],M.prototype,"at",2),p([m({type:Boolean})],M.prototype,"labels",2),p([m()],M.prototype,"only",2),p([m({type:Boolean})],M.prototype,"fold",2),p([m({attribute:!1})],M.prototype,"named",2),p([v()],M.prototype,"labelled",2),M=p([x("c-spacetime")],M);var N=class extends ${constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(i=>this.has(i)):e,n=e.length-t.length;return o`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":o` <span class="dim">if that move were made</span>`}</h2>
      <dl>${t.map(i=>this.process(i))}</dl>
      ${n?o`<p class="dim">${n} unchanged ${n===1?"is":"are"} hidden</p>`:h}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:Ss(e,this.looked.changes),n=t!==null?o`${R(e.state,t,"old")} → ${R(t,e.state,"new")}`:e.before!==null&&this.looked===null?R(e.state,e.before,"new"):R(e.state),i=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return o`<dt class=${i}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?"named where a clause is false here":""}>${e.who}</span>${e.up?h:o` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${n} ${this.views?o`<div class="seen">from outside: ${R(e.view)}</div>`:h}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};N.styles=[E,b`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([m({attribute:!1})],N.prototype,"place",2),p([m({attribute:!1})],N.prototype,"looked",2),p([m({attribute:!1})],N.prototype,"named",2),p([m({type:Boolean})],N.prototype,"changed",2),p([m({type:Boolean})],N.prototype,"views",2),N=p([x("x-state")],N);function Ss(r,s){let e=s.filter(n=>n.who===r.who);if(e.length===0)return null;let t=r.state;for(let n of e)n.field===""?t=n.after:"fields"in t&&(t={...t,fields:t.fields.map(([i,a])=>[i,i===n.field?n.after:a])});return t}var A=class extends Error{constructor(e,t){super(t);this.status=e}};async function O(r,s,e={}){let t;try{t=await fetch(`${r}?${new URLSearchParams(s)}`,e)}catch{throw new A(0,"the server of this page does not answer: start concordant explore again")}let n=await t.json().catch(()=>({error:`the server answered ${t.status}`}));if(!t.ok)throw new A(t.status,n.error??`the server answered ${t.status}`);return n}var ie=r=>r?{at:r}:{},Pt=async r=>g!==null?g.kind:(await O("/api/kind",ie(r))).kind,Ct=async r=>{if(g===null)return O("/api/table",ie(r));let s=g.table(r);if(s===null)throw new A(404,`this page holds ${g.size} profiles, and not that one: concordant explore '${r}' goes on from here`);return s},Mt=async r=>g?.lies(r)??O("/api/lies",ie(r)),Qe=async r=>g?.setting??O("/api/setting",ie(r)),ge=async(r,{back:s=0,take:e=null}={})=>{if(g===null)return O("/api/place",{...ie(r),...s?{back:`${s}`}:{},...e===null?{}:{take:`${e}`}});let t=g.run(r),n=t===null?null:g.place([...t.slice(0,t.length-s),...e===null?[]:[e]]);if(n===null)throw new A(404,`this page holds ${g.size} places, and not that one: concordant explore '${r}' goes on from here`);return n},Ot=(r,s)=>O("/api/along",{at:r,clause:s}),Lt=(r,s)=>O("/api/place",{...ie(r),wander:`${s}`}),Nt=(r,s)=>O("/api/search",{at:r,clause:s},{method:"POST"}),Ht=r=>O("/api/explored",{at:r},{method:"POST"}),Ze=r=>O(`/api/search/${r}`,{}),Ae=r=>O(`/api/search/${r}`,{},{method:"DELETE"}),jt=r=>O("/api/trace",{},{method:"POST",body:r}),Ut=(r,s)=>`/api/file?${new URLSearchParams({at:r,format:s})}`;var Se=(r,s)=>o`<h1>${r.split(/(?<=[._/])/).map(e=>o`${e}<wbr />`)}${s?o` <span class="dim">${s}</span>`:h}</h1>`,Re=(r,s)=>["scopes",s,e=>`${r}?scope=${encodeURIComponent(e)}`],Pe=r=>["mistakes",r,s=>s],Ce=(r,s,e)=>o`<label class="dim">
  Look at
  <select @change=${Rs} aria-label=${e}>
    <option value="">${s}</option>
    ${r.map(([t,n,i])=>o`<optgroup label=${t}>${n.map(a=>o`<option value=${i(a.name)} title=${a.says}>${a.name}</option>`)}</optgroup>`)}
  </select>
</label>`;function Rs(r){let s=r.target;s.value&&(location.hash=s.value),s.value=""}function Me(r,s,e){if(!r)return h;let t=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
    <p>${r}</p>
    ${t&&!s?o`<p><a href="#${t}" @click=${e}>begin anew: ${decodeURIComponent(t)}</a></p>`:h}
  </div>`}var Oe=r=>o`<dialog aria-labelledby="keys" @click=${s=>s.target===s.currentTarget&&zt(s)}>
  <h2 id="keys">Keys</h2>
  <dl>${r.map(([s,e])=>o`<dt><kbd>${s}</kbd></dt><dd>${e}</dd>`)}</dl>
  <button @click=${zt}>Close</button>
</dialog>`,zt=r=>r.currentTarget.closest("dialog")?.close();var Ps=[{key:"1",also:["2","3","4","5","6","7","8","9"],shown:"1 … 9",says:"make that move",on:"run"},{key:"ArrowUp",also:["k"],shown:"↑ or k",says:"to the move above",on:"run"},{key:"ArrowDown",also:["j"],shown:"↓ or j",says:"to the move below; Enter makes it",on:"run"},{key:"ArrowLeft",also:["h"],shown:"← or h",says:"back",on:"run"},{key:"ArrowRight",also:["l"],shown:"→ or l",says:"forward again",on:"run"},{key:"Home",shown:"Home",says:"to the start",on:"run"},{key:"End",shown:"End",says:"forward as far as you have been",on:"run"},{key:"m",shown:"m",says:"keep this place, to compare other runs with it; again: no more",on:"run"},{key:"d",shown:"d",says:"only what changed",on:"run"},{key:"v",shown:"v",says:"what is seen of each process from outside",on:"run"},{key:"n",shown:"n",says:"what cannot be done, and why not",on:"run"},{key:"f",shown:"f",says:"fold steps in which nobody hears anything",on:"run"},{key:"r",shown:"r",says:"run on at random, each time otherwise",on:"run"},{key:"a",shown:"a",says:"judge the clauses in all that can be reached",on:"run"},{key:"s",shown:"s",says:"to the diagram",on:"run"},{key:"t",shown:"t",says:"to the run and its branches",on:"run"},{key:"/",shown:"/",says:"filter moves and clauses",on:"run"},{key:"e",shown:"e",says:"to the first cell",on:"rule"},{key:"",shown:"↑ ↓ Enter",says:"in a table: to the same column of the next row",on:"rule"},{key:"g",shown:"g",says:"who gains by lying here?",on:"rule"},{key:"",shown:"Esc",says:"out of what one types into"},{key:"c",shown:"c",says:"to the clauses"},{key:"y",shown:"y",says:"copy the link to what is shown"},{key:"?",shown:"?",says:"these keys"}],It=r=>Ps.filter(({on:s})=>s===void 0||s===r),Le=r=>It(r).map(({shown:s,says:e})=>[s,e]);function Ne(r,s,e,t){let n=r.composedPath()[0];if(r.altKey||r.ctrlKey||r.metaKey||e?.open||(r.key==="Escape"&&n.blur?.(),n.matches?.("input:not([type=checkbox]), select, textarea")))return;let i=It(s).find(({key:a,also:d})=>a!==""&&(a===r.key||d?.includes(r.key)));i!==void 0&&(r.preventDefault(),t[i.key](r.key))}var Dt=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],Bt=b`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
`,qt=[Bt,b`
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  @media (min-width: 110rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 7fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`],Kt=[Bt,b`
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0; margin-bottom: 0.6rem; border-bottom: 1px solid var(--faint); }
  .main { border-color: var(--accent); }
  .columns { display: grid; grid-template: "a c" / minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem 2rem; align-items: start; }
  .a { grid-area: a; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .c { grid-area: c; }
  .came > div { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; }
  .beside { color: var(--dim); }
  .beside.differs { color: inherit; border-left: 3px solid var(--unknown); padding-left: 0.6rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: 0.4rem 0; }
  th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid var(--faint); vertical-align: baseline; }
  thead th { color: var(--dim); font-size: 0.9em; }
  @media (max-width: 60rem) { .columns { grid-template: "a" "c" / minmax(0, 1fr); } }
  `];var ae=class{constructor(){this.root=Wt([],"")}visit(s){let e=this.root;s.run.forEach((t,n)=>{let i=e.children.get(t);i===void 0&&(i=Wt(s.run.slice(0,n+1),s.trace.moves[n]?.said??""),e.children.set(t,i)),e.last=t,e=i}),e.link=s.link}at(s){let e=this.root;for(let t of s)e=e?.children.get(t)??null;return e}way(s){let e=s;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-s.run.length}}forward(s){let e=this.at(s);return e===null||e.last===null?null:e.children.get(e.last)??null}end(s){let e=this.forward(s);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function Wt(r,s){return{run:r,said:s,link:null,children:new Map,last:null}}var Gt=300,w=class extends ${constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.along=null;this.explored=null;this.kept=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new ae;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],n=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let i=await ge(e);return n||(this.setting=await Qe(i.link),this.explored=null,this.kept=null,this.walk=new ae,this.drawn=null,document.title=`${this.setting.name}: Concordant`),i})};this.key=e=>{let{place:t}=this;t!==null&&(e.key==="Escape"&&e.composedPath()[0].matches?.("input[type=search]")&&(this.wanted=""),Ne(e,"run",this.help,{1:n=>this.moves?.buttons[Number(n)-1]?.click(),ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t.run)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.run.length?this.walk.root:null),End:()=>this.go(this.walk.end(t.run)),m:()=>this.keep(),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),a:()=>{this.explore()},c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}))}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e){this.asked+=1;let t=this.asked;try{let n=await e();t===this.asked&&this.show(n)}catch(n){if(!(n instanceof A))throw n;this.problem=n.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:n}=this;(!(n!==null&&e.run.every((a,d)=>n.run[d]===a))||e.run.length===n.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:n}=this.walk.way(e);this.load(()=>ge(t,{back:n}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>ge(t,{take:e}))}wander(){if(this.place===null||g!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>Lt(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}stepped(e,t){t.stopPropagation(),this.go(this.walk.at(e.run.slice(0,t.detail)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Ae(this.sought.news.id).catch(()=>null);try{let n=await Nt(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==n.id&&Number(this.sought.news.id)>Number(n.id))return;if(this.sought={clause:e,since:t,news:n},n.state!=="running")break;await new Promise(i=>setTimeout(i,Gt)),n=await Ze(n.id)}n.link&&this.place?.link===t&&await this.load(()=>ge(n.link)),this.note=n.says}catch(n){if(!(n instanceof A))throw n;this.problem=n.message}}async alongRun(e){if(this.place===null)return;let{link:t,run:n,trace:i}=this.place;try{this.along={clause:e,run:n,moves:i.moves.map(a=>a.said),rows:await Ot(t,e)}}catch(a){if(!(a instanceof A))throw a;this.problem=a.message}}async explore(){let{place:e,setting:t}=this;if(!(e===null||g!==null||this.explored?.state==="running"))try{for(let n=await Ht(e.link);;n=await Ze(n.id)){if(this.setting!==t)return void Ae(n.id).catch(()=>null);if(this.explored=n,n.state!=="running")return;await new Promise(i=>setTimeout(i,Gt))}}catch(n){if(!(n instanceof A))throw n;this.problem=n.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let t=e.target,n=t.files?.[0];t.value="",n!==void 0&&this.load(async()=>{let{departs:i,...a}=await jt(n);return this.setting=await Qe(a.link),this.walk=new ae,this.kept=null,this.drawn=null,this.updateComplete.then(()=>this.note=i===null?"as saved":`it departs from what was saved: ${i}; it is shown as far as it goes`),a})}keep(){this.kept=this.kept===null?this.place:null,this.note=this.kept===null?"nothing is compared any more":"this place is kept: go elsewhere, and both runs stand side by side below the run"}nextMove(e){let t=this.moves?.buttons??[],n=t.findIndex(i=>i.matches(":focus"));this.focusMove(n<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,n+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:t}=this;return o`<main>
      <header>
        ${Se(t.name,t.scope)}
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${Ft(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${n=>n.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${n=>this.take(n.detail)}
            @look=${n=>this.looked=n.detail}
            @near=${n=>this.near=n.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${e.picture===null?h:o`<x-picture .picture=${e.picture} .moves=${e.run.length} @step=${n=>this.stepped(e,n)}></x-picture>`}
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} .kept=${this.kept?.run??null} @keep=${()=>this.keep()} @go=${n=>this.go(n.detail)}></x-branches>
          ${this.kept===null?h:o`<x-compared .kept=${this.kept} .place=${e} .names=${new Map(t.clauses.map(n=>[n.id,n.name]))} @go=${n=>this.go(this.walk.at(n.detail))}></x-compared>`}
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .explored=${this.explored}
            .along=${this.along}
            @along=${n=>{this.alongRun(n.detail)}}
            @step=${n=>this.go(this.walk.at(this.along?.run.slice(0,n.detail)??[]))}
            @explore=${()=>{this.explore()}}
            .wanted=${this.wanted}
            @seek=${n=>{this.seek(n.detail)}}
            @stop=${n=>{Ae(n.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${Oe(Le("run"))}
    </main>`}elsewhere(e){if(g!==null)return h;let t=["situations",e.situations,i=>i],n=[Re(e.stem,e.scopes),t,Pe(e.pitfalls)];return Ce(n,"another scope, situation or mistake …",`look at another scope, situation or mistake of ${e.stem}`)}bar(e){let t=this.walk.forward(e.run);return o`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${n=>this.wanted=n.target.value} />
      ${g===null?this.files(e):h}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return o`<button @click=${()=>this.wander()} title="some moves at random from here, each time others">Run on at random</button>
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?Dt.map(([t,n,i])=>o`<a href=${Ut(e.link,t)} download=${i}>${n}</a>`):o`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){return Me(this.problem,this.place!==null,()=>this.problem="")}last(e){let t=e.trace.moves.at(-1);return o`<div class="last" role="status" aria-live="polite">
      ${t===void 0?o`<p>No move has been made yet.</p>`:o`<p><strong>${t.said}</strong></p>
            ${t.effects.map(n=>o`<p class="effect">${n}</p>`)} ${t.changes.map(Cs)}`}
      ${this.note?o`<p class="dim">${this.note}</p>`:h}
    </div>`}telling(e,t){let n=new Map(t.clauses.map(i=>[i.id,i]));return e.truths.filter(i=>i.here==="false here").map(i=>o`<div class="told" role="status"><strong class="bad">✗ false here: ${n.get(i.clause)?.name}</strong> ${n.get(i.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return o`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${t.moves.length===0?o`<p class="dim">It is drawn once a move has been made.</p>`:o`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${Ft(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${n=>this.step(n.detail)}
            ></c-spacetime>
            ${t.lasso?o`<p>${t.lasso}</p>`:h}
            ${t.instead.length?o`<div class="acts">${t.instead.map((n,i)=>o`<p>${i===0?`move ${t.acts}: ${n}`:n}</p>`)}</div>`:h}
            <p class="legend">${t.legend.map(n=>o`<span>${n}</span>`)}</p>
            ${t.notation.map(n=>o`<p class="legend">${n}</p>`)}`}
    </section>`}drawing(e){return o`<p class="drawing dim">
      <select aria-label="whose moves are drawn" .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">all moves</option>
        ${e.map(t=>o`<option value=${t} ?selected=${t===this.only}>moves of ${t} and what it hears</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> fold steps of their own <kbd>f</kbd></label>
    </p>`}};w.styles=[E,qt],p([v()],w.prototype,"setting",2),p([v()],w.prototype,"place",2),p([v()],w.prototype,"drawn",2),p([v()],w.prototype,"looked",2),p([v()],w.prototype,"sought",2),p([v()],w.prototype,"along",2),p([v()],w.prototype,"explored",2),p([v()],w.prototype,"kept",2),p([v()],w.prototype,"changed",2),p([v()],w.prototype,"views",2),p([v()],w.prototype,"near",2),p([v()],w.prototype,"only",2),p([v()],w.prototype,"fold",2),p([v()],w.prototype,"wanted",2),p([v()],w.prototype,"problem",2),p([v()],w.prototype,"note",2),p([te("x-moves")],w.prototype,"moves",2),p([te("dialog")],w.prototype,"help",2),w=p([x("x-explorer")],w);function Ft(r){let s=new Set(r.processes.map(t=>t.who)),e=r.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>me(t.value)).filter(t=>s.has(t)))}function Cs(r){let s=r.field?`${r.who}.${r.field}`:r.who;return o`<p class="value">${s}: ${I(r.before,r.after,"old")} → ${I(r.after,r.before,"new")}</p>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Z={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Yt=r=>(...s)=>({_$litDirective$:r,values:s}),He=class{constructor(s){}get _$AU(){return this._$AM._$AU}_$AT(s,e,t){this._$Ct=s,this._$AM=e,this._$Ci=t}_$AS(s,e){return this.update(s,e)}update(s,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{I:Qr}=bt;var Jt=r=>r.strings===void 0;var Ms={},Xt=(r,s=Ms)=>r._$AH=s;/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Qt=Yt(class extends He{constructor(r){if(super(r),r.type!==Z.PROPERTY&&r.type!==Z.ATTRIBUTE&&r.type!==Z.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Jt(r))throw Error("`live` bindings can only contain a single expression")}render(r){return r}update(r,[s]){if(s===P||s===h)return s;let e=r.element,t=r.name;if(r.type===Z.PROPERTY){if(s===e[t])return P}else if(r.type===Z.BOOLEAN_ATTRIBUTE){if(!!s===e.hasAttribute(t))return P}else if(r.type===Z.ATTRIBUTE&&e.getAttribute(t)===s+"")return P;return Xt(r),s}});var K=class extends ${constructor(){super(...arguments);this.parts=[];this.typed=[];this.wrong="";this.last="";this.next="";this.key=e=>{let t=e.target,n={ArrowUp:-1,ArrowDown:1,Enter:e.shiftKey?-1:1}[e.key],[i,a,d]=t.dataset.where.split(" ").map(Number);n===void 0||a===void 0||t.localName==="select"&&e.key!=="Enter"||e.altKey||e.ctrlKey||e.metaKey||this.focusAt(`${i} ${a+n} ${d}`)&&e.preventDefault()}}first(){let e=[...this.renderRoot.querySelectorAll("input, select")];(e.find(t=>t.title!=="a name")??e[0])?.focus()}render(){let e=this.parts.flatMap((t,n)=>t.cell===null?[]:[{part:t,place:n,cell:t.cell}]);return o`${this.parts.map((t,n)=>t.table===null?h:this.table(t.name,t.table,n))}
      <div class="fields">
        ${e.map(({part:t,place:n,cell:i})=>o`<label>${t.name} ${this.cell(i,this.typed[n]??"",`${n}`,t.name)}</label>`)}
      </div>`}updated(e){!e.has("typed")||this.next===""||(this.focusAt(this.next),this.next="")}table(e,t,n){let i=this.typed[n]??[],a=t.keys.length>0,d=l=>t.rows[l]??t.blank;return o`<div class="wide">
        <table>
          <caption>${e}</caption>
          <thead>
            <tr>${a?o`<th scope="col"></th>`:h}${t.columns.map(l=>o`<th scope="col">${l}</th>`)}${t.most>t.least?o`<td></td>`:h}</tr>
          </thead>
          <tbody>
            ${i.map((l,c)=>o`<tr>
                ${a?o`<th scope="row">${t.keys[c]}</th>`:h}
                ${l.map((u,f)=>o`<td>${this.cell(d(c)[f],u,`${n} ${c} ${f}`,`${t.columns[f]} of ${t.keys[c]??(l[0]||`row ${c+1}`)}`)}</td>`)}
                ${t.most>t.least?o`<td><button class="away" aria-label="take away ${l[0]||`row ${c+1}`}" title="take away" @click=${()=>this.takeAway(n,c)}>✕</button></td>`:h}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${t.most>t.least?o`<button @click=${()=>this.add(n,t)} ?disabled=${i.length>=t.most}>Add a row to ${e}</button>`:h}`}cell(e,t,n,i){if(e.says==="")return o`<span class="fixed">${t}</span>`;if(e.options.length)return o`<select aria-label=${i} data-where=${n} @change=${d=>this.type(d,n)} @keydown=${this.key}>
        ${e.options.map(d=>o`<option value=${d} ?selected=${d===t}>${d||"nothing"}</option>`)}
      </select>`;let a=this.wrong!==""&&this.last===n;return o`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7,Math.min(28,t.length+2))}
      aria-label=${i}
      aria-invalid=${a}
      title=${e.says}
      data-where=${n}
      .value=${Qt(t)}
      @input=${d=>this.type(d,n)}
      @change=${()=>this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`}type(e,t){let[n,i,a]=t.split(" ").map(Number),{value:d}=e.target,l=this.typed[n],c=i===void 0||typeof l=="string"?d:l.map((u,f)=>f===i?u.map((k,_)=>_===a?d:k):u);this.edit(n,c,t)}add(e,t){let n=this.typed[e],i=n.at(-1)??t.blank.map(l=>l.text),a=new Set(n.map(l=>l[0])),d=i[0]??"";for(let l=n.length;t.blank[0]?.says==="a name"&&a.has(d);l+=1)d=`${d.replace(/\d+$/,"")}${l}`;this.next=`${e} ${n.length} ${Math.min(1,i.length-1)}`,this.edit(e,[...n,[d,...i.slice(1)]],`${e} added ${n.length}`)}takeAway(e,t){let n=this.typed[e];this.next=`${e} ${Math.max(0,t-1)} 0`,this.edit(e,n.filter((i,a)=>a!==t),`${e} without ${t}`)}edit(e,t,n){this.last=n;let i=this.typed.map((a,d)=>d===e?t:a);this.dispatchEvent(new CustomEvent("edit",{detail:{typed:i,where:n}}))}focusAt(e){let t=this.renderRoot.querySelector(`[data-where="${e}"]`);return t?.focus(),t?.select?.(),t!==null}};K.styles=[E,b`
      :host { display: block; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; margin: 0.2rem 0 0.4rem; }
      caption { text-align: left; color: var(--dim); font-size: 0.9em; padding: 0.2rem 0; }
      th { text-align: left; font-size: 0.9em; color: var(--dim); font-weight: 600; padding: 0.1rem 0.6rem 0.1rem 0; }
      td { padding: 0.1rem 0.4rem 0.1rem 0; }
      input, select { font: 14px/1.5 var(--mono); }
      input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
      td input { width: 100%; box-sizing: border-box; min-width: 5rem; }
      .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; margin: 0.4rem 0; }
      label { display: inline-flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; color: var(--dim); font-size: 0.9em; max-width: 100%; }
      label input, label select { color: var(--ink); max-width: 100%; box-sizing: border-box; }
      .fixed { font: 13px/1.5 var(--mono); color: var(--dim); overflow-wrap: anywhere; }
      .away { border: 0; color: var(--dim); padding: 0.15rem 0.4rem; }
    `],p([m({attribute:!1})],K.prototype,"parts",2),p([m({attribute:!1})],K.prototype,"typed",2),p([m()],K.prototype,"wrong",2),K=p([x("x-sheet")],K);var et=r=>r.map(s=>s.cell!==null?s.cell.text:s.table.rows.map(e=>e.map(t=>t.text)));var Os=60,S=class extends ${constructor(){super(...arguments);this.table=null;this.typed=[];this.earlier=null;this.lies=null;this.searching=!1;this.problem="";this.note="";this.asked=0;this.timer=0;this.coming=Promise.resolve();this.typing="";this.edited="";this.followed=async()=>{let e=location.hash.slice(1);this.table!==null&&e===this.table.link||(this.edited="",await this.load(e,!0))};this.key=e=>{this.table!==null&&Ne(e,"rule",this.help,{g:()=>{this.search()},e:()=>this.sheet?.first(),c:()=>this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector("summary")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()})}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e,t){this.asked+=1;let n=this.asked;try{let i=await Ct(e);if(n!==this.asked)return;this.earlier=this.table?.name===i.name?this.table:null,this.table=i,t&&(this.typed=et(i.parts)),this.problem="",this.note="",document.title=`${i.name}: Concordant`}catch(i){if(!(i instanceof A))throw i;n===this.asked&&(this.problem=i.message)}}edit({typed:e,where:t}){this.typed=e,this.typing=t,this.lies=null,clearTimeout(this.timer),this.timer=setTimeout(()=>this.coming=this.recompute(t),Os)}async recompute(e){clearTimeout(this.timer),this.timer=0;let{table:t}=this;t!==null&&(await this.load(`${t.link.split(/[?&][mr]=/)[0]}${t.scope?"&":"?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`,!1),!(this.problem||this.table===null||location.hash.slice(1)===this.table.link)&&(e===this.edited?history.replaceState(null,"",`#${this.table.link}`):history.pushState(null,"",`#${this.table.link}`),this.edited=e))}async settle(){this.timer!==0&&(this.coming=this.recompute(this.typing)),await this.coming,!this.problem&&this.table!==null&&(this.typed=et(this.table.parts))}async search(){let{table:e}=this;if(!(e===null||!e.lies||this.searching)){this.searching=!0;try{this.lies={link:e.link,found:await Mt(e.link)}}catch(t){if(!(t instanceof A))throw t;this.problem=t.message}finally{this.searching=!1}}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this profile is copied"}render(){let{table:e}=this;return e===null?o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the rule …</p>`}</main>`:o`<main>
      <header>
        ${Se(e.name,e.scope)}
        ${this.elsewhere(e)}
        <p>${e.title}</p>
        <p class="dim">${e.scope?o`Its rule <strong>${e.rule}</strong>, of profiles such as these: ${e.shows}.`:e.shows}</p>
      </header>
      <nav class="bar" aria-label="the profile">
        ${e.lies?o`<button class="main" @click=${()=>{this.search()}} ?disabled=${this.searching}>Who gains by lying here? <kbd aria-hidden="true">g</kbd></button>`:h}
        ${g===null?o`<button @click=${()=>{this.copy()}}>Copy link</button>`:h}
        <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
      </nav>
      ${this.troubled()} ${this.note?o`<p class="dim" role="status">${this.note}</p>`:h}
      <div class="columns">
        <div class="a">
          <section aria-labelledby="reports">
            <h2 id="reports">What is reported</h2>
            <x-sheet
              .parts=${e.parts}
              .typed=${this.typed}
              .wrong=${this.problem}
              @edit=${t=>this.edit(t.detail)}
              @left=${()=>{this.settle()}}
            ></x-sheet>
          </section>
          ${this.came(e)} ${this.gains()}
        </div>
        <div class="c">
          <x-clauses .setting=${e} .place=${e} .profiles=${e.scope?e.shows:"those of its family"}></x-clauses>
        </div>
      </div>
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} profiles. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${Oe(Le("rule"))}
    </main>`}came(e){let t=this.earlier!==null&&this.earlier.outcome.raised===null&&e.outcome.raised===null?this.earlier.outcome.value:null,n=e.right!==null&&tt(e.right)!==tt(e.outcome);return o`<section class="came" aria-labelledby="came">
      <h2 id="came">What comes of it${this.problem?o` <span class="dim">before what cannot be read was typed</span>`:h}</h2>
      <div role="status" aria-live="polite">
        ${e.outcome.raised===null?o`<p class="value">${R(e.outcome.value,t)}</p>`:o`<p class="value bad">the rule raises ${e.outcome.raised}</p>`}
        ${e.right===null?h:o`<p class="beside ${n?"differs":""}">${n?"The right rule makes of it":"The right rule makes the same of it."} ${n?o`<span class="value">${tt(e.right)}</span>`:h}</p>`}
        ${e.truths.filter(i=>i.here==="false here").map(i=>o`<p class="bad">✗ false here: ${e.clauses.find(a=>a.id===i.clause)?.name}</p>`)}
      </div>
      ${e.notation.map(i=>o`<p class="legend">${i}</p>`)}
    </section>`}gains(){if(this.searching)return o`<p class="dim" role="status">Trying misreports …</p>`;if(this.lies===null||this.lies.link!==this.table?.link)return h;let{found:e}=this.lies,t=e.lies.filter(n=>n.pays);return o`<section aria-labelledby="gains">
      <h2 id="gains">Who gains by lying here?</h2>
      <p role="status" class=${t.length?"bad":""}>${Ls(e.says)}</p>
      ${t.length?o`<div class="wide">
            <table>
              <thead><tr><th scope="col">who lies</th><th scope="col">how</th><th scope="col">honest</th><th scope="col">lying</th><th scope="col">then</th></tr></thead>
              <tbody>
                ${t.map(n=>o`<tr>
                    <th scope="row">${n.who}</th>
                    <td><a href="#${n.link}">${n.says}</a></td>
                    <td>${n.gains}</td>
                    <td><strong>${n.would_gain}</strong></td>
                    <td class="value">${y(n.lying)}</td>
                  </tr>`)}
              </tbody>
            </table>
          </div>`:h}
      ${t.length?o`<p class="dim">The numbers are what the outcome is worth to whoever lies, whose true report is the one above.</p>`:h}
    </section>`}elsewhere(e){return g!==null?h:Ce([Re(e.stem,e.scopes),Pe(e.pitfalls)],"other profiles, or a mistake …",`look at other profiles or a mistake of ${e.stem}`)}troubled(){return Me(this.problem,this.table!==null,()=>this.problem="")}};S.styles=[E,Kt],p([v()],S.prototype,"table",2),p([v()],S.prototype,"typed",2),p([v()],S.prototype,"earlier",2),p([v()],S.prototype,"lies",2),p([v()],S.prototype,"searching",2),p([v()],S.prototype,"problem",2),p([v()],S.prototype,"note",2),p([te("dialog")],S.prototype,"help",2),p([te("x-sheet")],S.prototype,"sheet",2),S=p([x("x-rule")],S);var tt=r=>r.raised===null?y(r.value):`an error: ${r.raised}`,Ls=r=>`${r.charAt(0).toUpperCase()}${r.slice(1)}.`;var Zt={system:"x-explorer",rule:"x-rule"},V=null,st=0,Vt=null;async function es(){let r=location.hash.slice(1),s=r.split(/[?&][mpr]=/)[0];if(V!==null&&s===Vt)return V.followed();st+=1;let e=st,t=await Pt(r).catch(()=>"system");if(e===st){if(Vt=s,V?.localName===Zt[t])return V.followed();V?.remove(),V=document.createElement(Zt[t]),document.body.append(V)}}addEventListener("hashchange",()=>{es()});es();})();
